import type { Form, HolderRank } from "../../rehearse/measurement.ts";
import type { Cell } from "../cells.ts";

/** What was run, and how; of the cells of one table. */
export function conditions(cells: readonly Cell[]): string {
  const [first] = cells;
  if (first === undefined) return "";
  const repetitions = Math.max(...cells.map(({ measurements }) => measurements.length));
  const times = repetitions === 1 ? "" : `; medians of ${repetitions} runs`;
  return `${first.name}: ${formText[first.form]}, ${holderText[first.holder]}${times}`;
}

/** How the daemons ran. */
export const formText: Readonly<Record<Form, string>> = {
  host: "services of the host",
  "static-pod": "static pods",
};

/** Who had the virtual IP when the fault came. */
export const holderText: Readonly<Record<HolderRank, string>> = {
  first: "the first by rank holds",
  last: "the last by rank holds",
};
