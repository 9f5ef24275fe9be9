import { machineSeconds } from "../../probe/clock.ts";
import { kubeletBackOff } from "./kubelet.ts";

/** A program as its supervisor sees it. */
export interface Supervised {
  /** Whether its machine has power and nobody is starting it at this moment. */
  on(): boolean;
  running(): boolean;
  restart(): void;
  readonly supervisor: "kubelet" | undefined;
}

/** What starts a program again. */
export interface Supervision {
  /** Somebody else starts it. */
  started(): void;
  /** It was told to end, and is to stay away. */
  toldToEnd(): void;
  /** It is restarted this many seconds after its end, whatever ended it; undefined: as its supervisor does. */
  after(seconds: number | undefined): void;
  release(): void;
}

/** Watches a program from its first start on. */
export function supervise({ on, running, restart, supervisor }: Supervised): Supervision {
  const backOff = kubeletBackOff();
  let fixed: number | undefined;
  // Before its first start nobody expects it.
  let isExpected = false;
  let runningSince = machineSeconds();
  let due: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  const delay = (): number => fixed ?? backOff.next(machineSeconds() - runningSince);
  const watch = (): void => {
    if (!on() || !(isExpected || fixed !== undefined)) {
      due = undefined;
      return;
    }
    if (due === undefined && !running()) due = machineSeconds() + delay();
    if (due === undefined || machineSeconds() < due) return;
    due = undefined;
    runningSince = machineSeconds();
    isExpected = supervisor !== undefined;
    restart();
  };
  const release = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  const rearm = (): void => {
    release();
    due = undefined;
    if (fixed !== undefined || supervisor !== undefined)
      timer = setInterval(watch, fixed === undefined ? usualStep : exactStep).unref();
  };
  return {
    started: () => {
      isExpected = supervisor !== undefined;
      runningSince = machineSeconds();
      backOff.reset();
      rearm();
    },
    toldToEnd: () => void (isExpected = false),
    after: (seconds) => {
      fixed = seconds;
      rearm();
    },
    release,
  };
}

// Milliseconds. Where a fault says when, that is when; a kubelet looks once a second.
const exactStep = 20;
const usualStep = 100;
