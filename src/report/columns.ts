import type { PhaseFigures } from "../rehearse/measurement.ts";
import { countText, secondsText } from "./numbers.ts";

/** A figure that tables show, named as in measurements. */
export type FigureName = "blackout" | "lastFailure" | "failed" | "keptFailed" | "watchGap" | "twoHolders" | "moves";

/** A figure as every table of measurements shows it. */
export interface Column {
  readonly key: FigureName;
  /** In a table of text: two lines, as narrow as can be. */
  readonly head: readonly [string, string];
  /** In a table of Markdown. */
  readonly title: string;
  readonly meaning: string;
  value(figures: PhaseFigures): number;
  text(value: number): string;
}

/** The figures in the order of the tables. */
export const columns: readonly Column[] = [
  {
    key: "blackout",
    head: ["black-", "out s"],
    title: "blackout s",
    meaning: "longest span between two answered requests",
    value: (figures) => figures.blackout,
    text: secondsText,
  },
  {
    key: "lastFailure",
    head: ["fails", "for s"],
    title: "fails for s",
    meaning: "from the start to the last request that failed",
    value: (figures) => figures.lastFailure,
    text: secondsText,
  },
  {
    key: "failed",
    head: ["", "failed"],
    title: "failed",
    meaning: "requests on new connections without an answer after 5 s",
    value: (figures) => figures.failed,
    text: countText,
  },
  {
    key: "keptFailed",
    head: ["kept", "failed"],
    title: "kept failed",
    meaning: "requests that failed on connections that were open",
    value: (figures) => figures.keptFailed,
    text: countText,
  },
  {
    key: "watchGap",
    head: ["watch", "gap s"],
    title: "watch gap s",
    meaning: "longest silence of a watch that was interrupted",
    value: (figures) => figures.watchGap,
    text: secondsText,
  },
  {
    key: "twoHolders",
    head: ["two", "hold s"],
    title: "two holders s",
    meaning: "two nodes or more had the virtual IP",
    value: (figures) => figures.twoHolders,
    text: secondsText,
  },
  {
    key: "moves",
    head: ["VIP", "moves"],
    title: "VIP moves",
    meaning: "how often the virtual IP came to another node",
    value: (figures) => figures.moves,
    text: countText,
  },
];
