import type { PhaseFigures } from "../../src/rehearse/measurement.ts";
import type { PhaseName } from "../../src/report/cells.ts";
import { countText, secondsText } from "../../src/report/numbers.ts";
import { type FaultName, faultNames } from "../../src/timing/fault-names.ts";
import type { Preset } from "./configurations.ts";

/** What is looked at, in seconds or as a count. */
interface BarFigure {
  readonly what: string;
  value(figures: PhaseFigures): number;
  text(value: number): string;
}

/** What a preset must reach: the median of the runs; the maximum may be three times that. */
export interface Bar extends BarFigure {
  readonly faults: readonly FaultName[];
  readonly phase: PhaseName;
  /** Seconds or counts; undefined where it is only reported. */
  readonly limits: Readonly<Record<Preset, number | undefined>>;
}

const blackout: BarFigure = { what: "blackout s", value: (figures) => figures.blackout, text: secondsText };
const failed: BarFigure = { what: "failed requests", value: (figures) => figures.failed, text: countText };
const keptFailed: BarFigure = {
  what: "kept connections, failed",
  value: (figures) => figures.keptFailed,
  text: countText,
};
const streamsCut: BarFigure = {
  what: "established streams cut",
  value: (figures) => figures.streamsCut,
  text: countText,
};
const moves: BarFigure = { what: "VIP moves", value: (figures) => figures.moves, text: countText };
const watchGap: BarFigure = { what: "watch gap s", value: (figures) => figures.watchGap, text: secondsText };
const twoHolders: BarFigure = { what: "two holders s", value: (figures) => figures.twoHolders, text: secondsText };
const lastFailure: BarFigure = {
  what: "until the last failure s",
  value: (figures) => figures.lastFailure,
  text: secondsText,
};
const firstSuccess: BarFigure = {
  what: "until the first answer s",
  value: (figures) => figures.firstSuccess ?? Infinity,
  text: secondsText,
};

const elections: readonly FaultName[] = ["etcd-election-failing", "etcd-election-silent"];
const quietRepairs: readonly FaultName[] = [
  "holder-cut",
  "other-node-cut",
  "holder-power-loss",
  "balancer-killed",
  "keepalived-killed",
  "keepalived-stopped",
];
const silentRepairs: readonly FaultName[] = ["holder-cut-silently", "peers-cut-one-way", "peers-cut"];

// After these two nodes believe that they hold: a kill leaves the address, the others part them.
const parted: ReadonlySet<FaultName> = new Set([
  "keepalived-killed",
  "keepalived-restarted",
  "holder-frozen-briefly",
  "holder-frozen",
  "holder-cut-silently",
  "peers-cut-one-way",
  "peers-cut",
]);
const together = faultNames.filter((fault) => !parted.has(fault));

/** Every bar, in the order of the table. */
export const bars: readonly Bar[] = [
  injected(["balancer-killed", "balancer-restarted"], blackout, [0.2, 0.3, 0.5]),
  injected(["keepalived-stopped"], blackout, [0.2, 0.3, 0.5]),
  injected(["keepalived-restarted"], failed, [2, 2, 2]),
  injected(["keepalived-restarted"], twoHolders, [undefined, 2, 0.05]),
  injected(["api-server-killed"], failed, [2, 2, 2]),
  injected(["api-server-hung"], lastFailure, [1.6, 3, 9]),
  injected(["holder-cut", "holder-cut-silently", "holder-power-loss"], blackout, [0.5, 1.2, 3.7]),
  injected(["other-node-cut"], failed, [5, 10, 10]),
  injected(["ready-failing"], failed, [0, 0, 0]),
  injected(elections, streamsCut, [0, 0, 0]),
  injected(elections, keptFailed, [0, 0, 0]),
  injected(elections, moves, [0, 0, 0]),
  injected(elections, failed, [0, 0, 0]),
  injected(["api-server-drained"], failed, [0, 0, 0]),
  injected(["api-server-drained"], keptFailed, [0, 0, 0]),
  injected(["holder-frozen-briefly"], moves, [2, 0, 0]),
  injected(["holder-frozen"], moves, [2, 2, 0]),
  injected(["all-start"], firstSuccess, [1.2, 2, 5]),
  injected(["foreign-router"], failed, [0, 0, 0]),
  injected(["foreign-router"], moves, [0, 0, 0]),
  repaired(quietRepairs, failed, 2),
  repaired(quietRepairs, moves, 0),
  repaired(quietRepairs, watchGap, 0),
  repaired(silentRepairs, failed, 5),
  repaired(silentRepairs, moves, 1),
  repaired(silentRepairs, watchGap, 0.5),
  // The next advert ends it.
  repaired(silentRepairs, twoHolders, [0.15, 0.35, 1.05]),
  injected(together, twoHolders, [0.05, 0.05, 0.05]),
  repaired(together, twoHolders, 0.05),
  injected(["idle-stream"], streamsCut, [0, 0, 0]),
  injected(["busy-machine"], failed, [2, 0, 0]),
  injected(["busy-machine"], moves, [1, 0, 0]),
];

type Limits = readonly [fast: number | undefined, balanced: number | undefined, conservative: number | undefined];

function injected(faults: readonly FaultName[], figure: BarFigure, limits: Limits): Bar {
  return { ...figure, faults, phase: "injected", limits: byPreset(limits) };
}

/** One limit is that of every preset. */
function repaired(faults: readonly FaultName[], figure: BarFigure, limit: number | Limits): Bar {
  const limits = byPreset(typeof limit === "number" ? [limit, limit, limit] : limit);
  return { ...figure, what: `after the repair: ${figure.what}`, faults, phase: "repaired", limits };
}

function byPreset([fast, balanced, conservative]: Limits): Bar["limits"] {
  return { fast, balanced, conservative };
}
