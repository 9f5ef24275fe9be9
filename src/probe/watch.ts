import { machineSeconds } from "./clock.ts";
import type { Recorder } from "./recorder.ts";
import type { WatchSample } from "./sample.ts";
import { attemptInterval, patience } from "./settings.ts";
import { openStream } from "./stream.ts";
import type { Target } from "./target.ts";
import type { WatchPlaces } from "./watch-places.ts";

/** One watch of several. */
export interface Watch {
  readonly target: Target;
  readonly index: number;
  readonly places: WatchPlaces;
}

/**
 * A client that watches: opens the stream again at once when it ends, and after 5 s without an event; while it
 * can not be opened it tries each 0.1 s.
 */
export function keepWatching({ target, index: watch, places }: Watch, recorder: Recorder): void {
  let member = "";
  let placed = false;
  const note = (event: WatchSample["event"]): void =>
    recorder.add({ kind: "watch", watch, at: machineSeconds(), event, member });

  const attempt = (): void => {
    const began = machineSeconds();
    let silence: NodeJS.Timeout | undefined;
    const again = (): void => {
      clearTimeout(silence);
      setTimeout(attempt, Math.max(0, began + attemptInterval - machineSeconds()) * 1000);
    };
    const stream = openStream(target, "/watch", {
      opened(by) {
        if (!placed && !places.take(by)) {
          stream.close();
          attempt();
          return;
        }
        placed = true;
        member = by;
        note("opened");
        silence = setTimeout(() => {
          stream.close();
          note("silent");
          again();
        }, patience * 1000);
      },
      data() {
        note("event");
        silence?.refresh();
      },
      ended() {
        if (silence !== undefined) note("ended");
        again();
      },
    });
  };
  attempt();
}
