// Measures what clients notice of each fault and writes docs/failover.md and docs/failover.svg; scripts/bench calls it.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { type FaultName, faultNames } from "../src/timing/fault-names.ts";
import { allVerdicts, misses } from "./failover/bars-table.ts";
import { failoverChart } from "./failover/chart.ts";
import { comparison } from "./failover/comparison.ts";
import { type Configuration, configurations, seedConfigurations } from "./failover/configurations.ts";
import { knownMachines, noteMachine } from "./failover/machine.ts";
import { measure } from "./failover/measure.ts";
import { failoverPage } from "./failover/page.ts";
import { comparisons, predictionsOf } from "./failover/predicted.ts";
import { brokenPredictions } from "./failover/predicted-bars.ts";
import { writeSeedPages } from "./failover/seed-pages.ts";
import { measurementsDirectory, readMeasurements, samplesFile } from "./failover/samples.ts";

const usage = `usage: scripts/bench failover [--only ID,…] [--faults NAME,…] [--repetitions N] [--at-once N]
       scripts/bench failover --table                only write the tables from the measurements
       scripts/bench failover --compare FILE…        print what files of samples came to, side by side
`;

void main();

async function main(): Promise<void> {
  const { values, positionals } = readArguments();
  if (values.compare === true) return void process.stdout.write(comparison(positionals));
  if (positionals.length > 0) wrong(`${positionals[0]}: files go with --compare`);
  const chosen = narrowed(values);
  const atOnce = count("at-once", values["at-once"] ?? "2");
  const build = spawnSync(process.execPath, ["scripts/build.mjs", "--program-only"], { stdio: ["ignore", 2, 2] });
  if (build.status !== 0) return void (process.exitCode = 3);
  if (values.table !== true) {
    noteMachine(measurementsDirectory, atOnce);
    const outcome = await measure(chosen, atOnce);
    if (outcome !== "done") process.exitCode = outcome === "failed" ? 3 : 130;
  }
  const all = configurations.map((configuration) => ({
    configuration,
    measurements: readMeasurements(samplesFile(configuration.id)),
  }));
  const machines = knownMachines(measurementsDirectory);
  const predicted = comparisons(all, (configuration) => predictionsOf(configuration));
  writeFileSync("docs/failover.md", failoverPage({ all, machines, predicted }));
  writeFileSync("docs/failover.svg", failoverChart(all, machines));
  writeSeedPages();
  const broken = brokenPredictions(predicted);
  process.stdout.write(misses(all) + broken.map((line) => `${line}\n`).join(""));
  const keepsBars = allVerdicts(all).every(({ passes }) => passes) && broken.length === 0;
  if (process.exitCode === undefined && !keepsBars) process.exitCode = 1;
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        only: { type: "string" },
        faults: { type: "string" },
        repetitions: { type: "string" },
        "at-once": { type: "string" },
        table: { type: "boolean" },
        compare: { type: "boolean" },
      },
    });
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

interface Wishes {
  readonly only?: string | undefined;
  readonly faults?: string | undefined;
  readonly repetitions?: string | undefined;
}

// What is asked for stands instead of what belongs in the tables; the samples are kept like all others.
function narrowed({ only, faults, repetitions }: Wishes): readonly Configuration[] {
  const known = [...configurations, ...seedConfigurations];
  const ids = only?.split(",") ?? known.map(({ id }) => id);
  const named = faults?.split(",");
  for (const id of ids.filter((each) => !known.some(({ id }) => id === each)))
    wrong(`there is no configuration ${id}; there are ${known.map(({ id: other }) => other).join(", ")}`);
  for (const name of named?.filter((each) => !faultNames.includes(each as FaultName)) ?? [])
    wrong(`there is no fault ${name}`);
  return known
    .filter(({ id }) => ids.includes(id))
    .map((configuration) => ({
      ...configuration,
      rehearsals: configuration.rehearsals
        .map((rehearsal) => ({
          ...rehearsal,
          faults: rehearsal.faults.filter((fault) => named?.includes(fault) ?? true),
          repetitions: repetitions === undefined ? rehearsal.repetitions : count("repetitions", repetitions),
        }))
        .filter((rehearsal) => rehearsal.faults.length > 0),
    }));
}

function count(flag: string, text: string): number {
  return /^[1-9]\d*$/.test(text) ? Number(text) : wrong(`--${flag} ${text}: write a number from 1`);
}

function wrong(message: string): never {
  process.stderr.write(`${message}\n${usage}`);
  process.exit(2);
}
