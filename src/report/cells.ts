import type { Measurement, PhaseFigures } from "../rehearse/measurement.ts";
import { type FaultName, faultNames } from "../timing/fault-names.ts";
import type { Figure } from "../timing/fault.ts";
import { faults } from "../timing/faults/index.ts";
import { maximum, median } from "./statistics.ts";

/** All repetitions of one fault under the same conditions. */
export interface Cell extends Pick<Measurement, "name" | "form" | "holder" | "fault"> {
  readonly measurements: readonly Measurement[];
}

export type PhaseName = "injected" | "repaired";

/** One figure over the repetitions. */
export interface Summary {
  readonly median: number;
  readonly maximum: number;
}

/** Cells by conditions, in the order of their first measurement, each with its faults in the order of the tables. */
export function cellsOf(measurements: readonly Measurement[]): readonly (readonly Cell[])[] {
  const groups = new Map<string, Measurement[]>();
  for (const measurement of measurements) {
    const key = JSON.stringify([measurement.name, measurement.form, measurement.holder]);
    const group = groups.get(key) ?? [];
    group.push(measurement);
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => faultNames.flatMap((fault) => cellOf(fault, group)));
}

function cellOf(fault: FaultName, group: readonly Measurement[]): readonly Cell[] {
  const measurements = group.filter((measurement) => measurement.fault === fault);
  const [first] = measurements;
  if (first === undefined) return [];
  return [{ name: first.name, form: first.form, holder: first.holder, fault, measurements }];
}

/** The figures of one phase of a cell; of a fault without repair there are none after it. */
export function phasesOf({ measurements }: Cell, phase: PhaseName): readonly PhaseFigures[] {
  return measurements.flatMap((measurement) => {
    const figures = measurement[phase];
    return figures === undefined ? [] : [figures];
  });
}

/** One figure of one phase over the repetitions. */
export function summaryOf(figures: readonly PhaseFigures[], value: (figures: PhaseFigures) => number): Summary {
  const values = figures.map(value);
  return { median: median(values), maximum: maximum(values) };
}

/** Seconds of the figure that stands for a fault; as long as was observed when no request was answered. */
export function headline(measurement: Pick<Measurement, "fault" | "injected">): number {
  return headlines[faults[measurement.fault].figure](measurement);
}

const headlines: Readonly<Record<Figure, (measurement: Pick<Measurement, "injected">) => number>> = {
  blackout: ({ injected }) => injected.blackout,
  "last-failure": ({ injected }) => injected.lastFailure,
  "first-success": ({ injected }) => injected.firstSuccess ?? injected.seconds,
};
