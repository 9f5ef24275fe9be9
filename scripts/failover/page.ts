import { faults } from "../../src/timing/faults/index.ts";
import { lateLimit, lateness, type PhaseFigures } from "../../src/rehearse/measurement.ts";
import { type Cell, phasesOf, type PhaseName, summaryOf } from "../../src/report/cells.ts";
import { markdownTable } from "../../src/report/markdown-table.ts";
import { countText, secondsText } from "../../src/report/numbers.ts";
import { maximum } from "../../src/report/statistics.ts";
import { barsTable, misses } from "./bars-table.ts";
import { presets } from "./configurations.ts";
import { labsAtOnce, type Machine, machineTable } from "./machine.ts";
import { cellFor, headlineOf, type Measured, measuredFaults } from "./measured.ts";
import { requestResolution, watchResolution } from "./accuracy.ts";
import { type Comparison, predictionTable } from "./predicted.ts";
import { rehearsalArguments } from "./measure.ts";

/** What a page is made from. */
export interface PageInput {
  readonly all: readonly Measured[];
  readonly machines: readonly Machine[];
  readonly predicted: readonly Comparison[];
}

/** docs/failover.md. */
export function failoverPage({ all, machines, predicted }: PageInput): string {
  const host = all.filter(({ configuration }) => configuration.form === "host");
  const pods = all.filter(({ configuration }) => configuration.form === "static-pod");
  const compared = host.filter(({ measurements }) => measurements.length > 0);
  return `# Failover, measured

Made by \`scripts/bench failover\` from [the measurements](measurements): \`kubeadm-ha rehearse\` with the presets, with kubeadm's own recipe (doc) and with posts that people follow (S0, S2, S3, S4), as [they are kept for the tests](../test/fixtures/seeds). ${pendingText(all)}What each fault is: [faults](faults.md). How to do the same with your files: [rehearse](rehearse.md).

![Seconds of each fault, by configuration](failover.svg)

Median/maximum of the runs; + means that in one of them it still went on when the observation ended. 0.03 s and less is what a cluster without a fault shows, since a request starts every 0.02 s.

## Seconds

The longest span between two answers; until the last failed request, where only some fail; until the first answer, where everything starts.

${table(compared, headlineText)}
## Failed requests

Of 50 a second, each on a new connection.

${table(
  compared,
  countsOf("injected", ({ failed }) => failed),
)}
## Silence of watches

The client pings after 5 s of silence; client-go does after 30 s, and waits 15 s for the answer.

${table(
  compared,
  secondsOf("injected", ({ watchGap }) => watchGap),
)}
## After the repair

The second outage: failed requests.

${table(
  compared,
  countsOf("repaired", ({ failed }) => failed),
)}
Silence of watches in seconds.

${table(
  compared,
  secondsOf("repaired", ({ watchGap }) => watchGap),
)}
How often the virtual IP moved.

${table(
  compared,
  countsOf("repaired", ({ moves }) => moves),
)}
## The same as static pods

With the user, the capabilities and the mounts of the manifests.

${table(pods, headlineText)}
## What the presets must reach

The median must be within the limit, the maximum within three times of it; of 0, every run. Each figure is the worst of both forms and of both holders, the first and the last by rank.

${barsTable(all)}
${misses(all)}
## As predicted

\`kubeadm-ha predict\` computes the same from the files alone, whoever holds. Inside: the median lies between best and worst, give or take the ${requestResolution} s between two requests, or the ${watchResolution} s between two events of a watch. Near typical: typical is within 30 % of it or 0.15 s.

New connections:

${predictionTable(predicted, "newConnections")}
Silence of watches:

${predictionTable(predicted, "established")}
## How it was measured

${machineTable(machines)}
${loads(all)} ${atOnceText(machines)} Everything is on one machine: no network card, no switch that learns, no router between. The API servers are stand-ins with the endpoints of a kube-apiserver; etcd is not there. For each configuration, such as ${presets[1]}:

\`\`\`
${exampleCommand(all)}
\`\`\`
`;
}

// A page that is not complete says so.
function pendingText(all: readonly Measured[]): string {
  const missing = all
    .filter(({ measurements }) => measurements.length === 0)
    .map(({ configuration }) => configuration.title);
  return missing.length === 0 ? "" : `Not measured yet: ${missing.join("; ")}. `;
}

type CellText = (cell: Cell) => string;

// A row in which nothing was measured says nothing: a fault that ends by itself has no repair.
function table(list: readonly Measured[], text: CellText): string {
  const rows = measuredFaults(list)
    .map((fault) => ({
      fault,
      texts: list.map((measured) => {
        const cell = cellFor(measured, fault);
        return cell === undefined ? "" : text(cell);
      }),
    }))
    .filter(({ texts }) => texts.some((value) => value !== ""))
    .map(({ fault, texts }) => [faults[fault].title, ...texts]);
  return markdownTable(["fault", ...list.map(({ configuration }) => configuration.title)], rows);
}

function headlineText(cell: Cell): string {
  const { median, maximum, open } = headlineOf(cell);
  return `${secondsText(median)}/${secondsText(maximum)}${open ? "+" : ""}`;
}

function countsOf(phase: PhaseName, value: (figures: PhaseFigures) => number): CellText {
  return (cell) => pair(phasesOf(cell, phase), value, countText);
}

function secondsOf(phase: PhaseName, value: (figures: PhaseFigures) => number): CellText {
  return (cell) => pair(phasesOf(cell, phase), value, secondsText);
}

function pair(
  figures: readonly PhaseFigures[],
  value: (figures: PhaseFigures) => number,
  text: (value: number) => string,
): string {
  if (figures.length === 0) return "";
  const summary = summaryOf(figures, value);
  return `${text(summary.median)}/${text(summary.maximum)}`;
}

function loads(all: readonly Measured[]): string {
  const measurements = all.flatMap((each) => each.measurements);
  const again = measurements.filter(({ again }) => again).length;
  const most = maximum(measurements.map(({ load }) => load)).toFixed(1);
  const late = measurements.map(lateness);
  const kept = late.filter((seconds) => seconds > lateLimit);
  return `${measurements.length} runs; the load average was ${most} at most when one began. ${again} were repeated once, since the probe itself was late; in ${kept.length} of those that are kept it was late by more than ${lateLimit} s, ${secondsText(maximum(late))} s at most.`;
}

function atOnceText(machines: readonly Machine[]): string {
  const most = Math.max(...machines.map(labsAtOnce));
  return most === 1 ? "One lab ran at a time." : `At most ${most} labs ran at once.`;
}

function exampleCommand(all: readonly Measured[]): string {
  const { configuration } = all.find(({ configuration }) => configuration.preset === presets[1]) ?? {};
  const rehearsal = configuration?.rehearsals[0];
  if (configuration === undefined || rehearsal === undefined) return "";
  return `kubeadm-ha ${rehearsalArguments(configuration, rehearsal).join(" ")}`;
}
