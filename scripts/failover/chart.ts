import { chartSvg, type ChartRow, type Series } from "../../src/report/chart/chart.ts";
import { markShapes } from "../../src/report/chart/marks.ts";
import { faults } from "../../src/timing/faults/index.ts";
import { comparedFaults } from "./configurations.ts";
import { type Machine, programsText } from "./machine.ts";
import { cellFor, headlineOf, type Measured } from "./measured.ts";

/** docs/failover.svg: the faults that all of them were measured in. */
export function failoverChart(all: readonly Measured[], machines: readonly Machine[]): string {
  const shown = all.filter(({ configuration }) => configuration.form === "host");
  const series = new Map(
    all
      .filter(({ configuration }) => configuration.form === "host")
      .map(({ configuration }, index): [string, Series] => [
        configuration.id,
        {
          name: configuration.title,
          // Filled shapes come first, and so do ours.
          shape: markShapes[index] ?? "circle",
          side: configuration.preset === undefined ? "others" : "ours",
        },
      ]),
  );
  const rows = comparedFaults.map((fault): ChartRow => ({
    label: faults[fault].title,
    points: shown.flatMap((measured) => {
      const cell = cellFor(measured, fault);
      const own = series.get(measured.configuration.id);
      if (cell === undefined || own === undefined) return [];
      const { median, open } = headlineOf(cell);
      return [{ series: own, seconds: median, open }];
    }),
  }));
  return chartSvg({
    title: "How long clients notice a fault (seconds, medians)",
    series: [...series.values()],
    rows,
    sources: machines.flatMap(({ processor, cores, kernel, programs }) => [
      `scripts/bench failover on ${cores} cores of ${processor}, Linux ${kernel}`,
      programsText(programs),
    ]),
  });
}
