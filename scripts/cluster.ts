// Real kubeadm clusters on this machine; scripts/cluster calls it.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

import { ExitCode, UserError } from "../src/errors.ts";
import { formatFindings } from "../src/findings/text.ts";
import { clusterFaults } from "./cluster-lab/faults/index.ts";
import { keep } from "./cluster-lab/keep.ts";
import { deliveries } from "./cluster-lab/deliver.ts";
import { bringUp, enterNode, takeDown, type Wishes } from "./cluster-lab/keeper.ts";
import { requireMachine } from "./cluster-lab/requirements.ts";
import { readSetup } from "./cluster-lab/setup.ts";
import {
  leaseClusters,
  type MeasuredCluster,
  measuredClusters,
  upgradedClusters,
} from "./cluster-measure/configurations.ts";
import { measureCluster } from "./cluster-measure/measure.ts";
import { clusterPage, type ClusterPageInput } from "./cluster-measure/page/page.ts";
import { withClusterTable } from "./cluster-measure/page/readme.ts";
import { clusterMeasurements, readClusterMeasurements, readUpgradeSteps } from "./cluster-measure/samples.ts";
import { measureUpgrade } from "./cluster-measure/upgrade.ts";
import { clusterMisses, clusterVerdicts } from "./cluster-measure/verdicts.ts";
import { knownMachines, noteMachine } from "./failover/machine.ts";
import { inTurns } from "./failover/in-turns.ts";
import { predictionsOf } from "./failover/predicted.ts";

const usage = `usage: scripts/cluster up --config FILE [--kubernetes-version V] [--deliver script|prepare|cloud-init] [--name NAME]
       scripts/cluster exec [--name NAME] NODE -- COMMAND...
       scripts/cluster down [--name NAME]
       scripts/cluster measure [--only ID,…] [--faults NAME,…] [--repetitions N] [--at-once N]
       scripts/cluster measure --table      only write the page from the measurements
`;
const testedVersion = "v1.34.10";

void main().catch((error: unknown) => {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`error: ${error.message}\n${formatFindings(error.findings)}`);
  process.exitCode = error.exitCode;
});

async function main(): Promise<void> {
  const { values, positionals } = readArguments();
  const [command, ...words] = positionals;
  const name = values.name ?? "cluster";
  if (!/^[a-z0-9-]{1,40}$/.test(name)) wrong(`--name ${name}: lower-case letters, digits and hyphens`);
  const delivery = deliveries.find((each) => each === (values.deliver ?? "script"));
  if (delivery === undefined) wrong(`--deliver ${values.deliver}: there are ${deliveries.join(", ")}`);
  const wishes = { name, kubernetesVersion: values["kubernetes-version"] ?? testedVersion, delivery };
  const commands: Readonly<Record<string, () => void | Promise<void>>> = {
    up: () => up(values.config, wishes),
    down: () => takeDown(name),
    exec: () => {
      if (words.length < 2) wrong("exec needs a node and a command");
      process.exitCode = enterNode(name, words[0] ?? "", words.slice(1));
    },
    measure: () => measure(values),
    // What `up` starts: it holds the machines as long as it lives.
    keep: () => keep(wishes),
  };
  const run = commands[command ?? ""];
  if (run === undefined) wrong(command === undefined ? "nothing to do" : `there is no ${command}`);
  else await run();
}

async function up(config: string | undefined, wishes: Wishes): Promise<void> {
  const file = config ?? wrong("up needs --config FILE");
  const text = readConfig(path.resolve(process.env["KUBEADM_HA_FROM"] ?? ".", file));
  readSetup(text, wishes.kubernetesVersion);
  requireMachine(wishes.kubernetesVersion);
  buildProgram();
  await bringUp(wishes, text);
}

interface MeasureWishes {
  readonly only?: string | undefined;
  readonly faults?: string | undefined;
  readonly repetitions?: string | undefined;
  readonly "at-once"?: string | undefined;
  readonly table?: boolean | undefined;
}

async function measure({ only, faults, repetitions, table, "at-once": atOnce = "1" }: MeasureWishes): Promise<void> {
  const ids = only?.split(",");
  const known = [...measuredClusters, ...upgradedClusters].map((each) => each.id);
  for (const id of ids ?? []) if (!known.includes(id)) wrong(`there is no ${id}; there are ${known.join(", ")}`);
  for (const name of faults?.split(",") ?? [])
    if (!clusterFaults.some((each) => each.name === name))
      wrong(`there is no fault ${name}; there are ${clusterFaults.map((each) => each.name).join(", ")}`);
  if (repetitions !== undefined && !/^[1-9]\d?$/.test(repetitions)) wrong(`--repetitions ${repetitions}: 1 to 99`);
  if (!/^[1-9]$/.test(atOnce)) wrong(`--at-once ${atOnce}: 1 to 9`);
  buildProgram();
  if (table !== true) {
    const chosen = ({ id }: { readonly id: string }): boolean => ids?.includes(id) ?? true;
    const narrowed = {
      faults: faults?.split(","),
      repetitions: repetitions === undefined ? undefined : Number(repetitions),
    };
    const say = (line: string): void => void process.stderr.write(`${line}\n`);
    noteMachine(clusterMeasurements, Number(atOnce));
    const one = (measured: MeasuredCluster): Promise<boolean> =>
      tried(measured.id, () => measureCluster({ measured, ...narrowed }, say));
    const clusters = measuredClusters.filter(chosen);
    await inTurns(
      clusters.filter((each) => !leaseClusters.includes(each)),
      Number(atOnce),
      one,
    );
    await inTurns(upgradedClusters.filter(chosen), Number(atOnce), (upgraded) =>
      tried(upgraded.id, () => measureUpgrade(upgraded, say)),
    );
    // A busy machine is everybody's.
    await inTurns(
      clusters.filter((each) => leaseClusters.includes(each)),
      1,
      one,
    );
  }
  const input: ClusterPageInput = {
    measurementsOf: ({ id }) => readClusterMeasurements(id),
    upgradeOf: ({ id }) => readUpgradeSteps(id),
    predictionsOf: ({ config }) => predictionsOf({ files: ["--config", "-"] }, config),
    machines: knownMachines(clusterMeasurements),
  };
  writeFileSync("docs/cluster-failover.md", clusterPage(input));
  for (const [file, language] of [
    ["README.md", "en"],
    ["README.zh-CN.md", "zh-CN"],
  ] as const)
    writeFileSync(file, withClusterTable(readFileSync(file, "utf8"), language, input));
  const verdicts = clusterVerdicts(input);
  process.stdout.write(clusterMisses(verdicts));
  if (process.exitCode === undefined && verdicts.some(({ passes }) => !passes)) process.exitCode = ExitCode.no;
}

// One that cannot be measured is no reason to leave out the others.
async function tried(id: string, measured: () => Promise<boolean>): Promise<boolean> {
  try {
    if (await measured()) return true;
  } catch (error) {
    process.stderr.write(`${id}: ${error instanceof Error ? error.message : String(error)}\n`);
  }
  process.exitCode = ExitCode.environment;
  return false;
}

function buildProgram(): void {
  const build = spawnSync(process.execPath, ["scripts/build.mjs", "--program-only"], { stdio: ["ignore", 2, 2] });
  if (build.status !== 0) throw new UserError("the program was not built", { exitCode: ExitCode.environment });
}

function readConfig(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(`cannot read ${file}`, { exitCode: ExitCode.environment, cause: error });
  }
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        name: { type: "string" },
        config: { type: "string" },
        "kubernetes-version": { type: "string" },
        deliver: { type: "string" },
        only: { type: "string" },
        faults: { type: "string" },
        repetitions: { type: "string" },
        "at-once": { type: "string" },
        table: { type: "boolean" },
      },
    });
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

function wrong(message: string): never {
  process.stderr.write(`${message}\n${usage}`);
  process.exit(ExitCode.usage);
}
