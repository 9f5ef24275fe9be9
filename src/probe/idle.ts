import { machineSeconds } from "./clock.ts";
import type { Recorder } from "./recorder.ts";
import { attemptInterval } from "./settings.ts";
import { openStream } from "./stream.ts";
import type { Target } from "./target.ts";

/** Holds one stream open in which no byte ever passes, as `kubectl exec` does in a pause; opens it again when it ends. */
export function keepIdleStream(target: Target, recorder: Recorder): void {
  let open = false;
  openStream(target, "/idle", {
    opened() {
      open = true;
      recorder.add({ kind: "idle", at: machineSeconds(), event: "opened" });
    },
    data() {},
    ended() {
      if (open) recorder.add({ kind: "idle", at: machineSeconds(), event: "ended" });
      setTimeout(() => keepIdleStream(target, recorder), attemptInterval * 1000);
    },
  });
}
