import { parseIgnoreList } from "../checks/preflight.ts";
import { kubeadmNodes } from "../config/rules/kubeadm-nodes.ts";
import { nearest } from "../config/did-you-mean.ts";
import { type ExitCode, UserError } from "../errors.ts";
import type { PrepareInput } from "../apply/examine.ts";
import { checkOnly, prepare } from "../apply/prepare.ts";
import { makePlan } from "../plan/make-plan.ts";
import { type PhaseName, phaseNames } from "../plan/plan.ts";
import { caCertificate } from "./ca-certificate.ts";
import type { Invocation } from "./command.ts";
import { loadCluster } from "./configuration.ts";
import { nodeOfMachine } from "./node-identity.ts";
import { nodeConfiguration, rootOf } from "./node-root.ts";
import { programVersion } from "./version.ts";

/** Runs `prepare`, or one phase of it. */
export async function runPrepare(invocation: Invocation): Promise<ExitCode> {
  return runPhases(invocation, selectedPhases(invocation));
}

/** Runs the checks only. */
export async function runPreflight(invocation: Invocation): Promise<ExitCode> {
  return runPhases(invocation, ["preflight"]);
}

async function runPhases({ options, io }: Invocation, phases: readonly PhaseName[]): Promise<ExitCode> {
  const root = rootOf(options, io);
  if (options.init === true && options.join === true) throw new UserError("--init and --join exclude each other");
  if (options.init === true && options["join-command-file"] !== undefined)
    throw new UserError("--init and --join-command-file exclude each other");
  const ignored = parseIgnoreList(options["ignore-preflight-errors"] ?? "");
  const { spec, savedConfiguration, secretsLeftOut } = loadCluster(options, io, {
    defaultFile: nodeConfiguration(root),
    rules: [kubeadmNodes],
  });
  const plan = makePlan(spec, {
    savedConfiguration: savedConfiguration(),
    caCertificate: caCertificate(options, io),
  });
  const node = nodeOfMachine(plan, { spec, asked: options["node-name"] });
  if (options.init === true && node.role === "worker")
    throw new UserError(`${node.name} is a worker: it joins, and cannot found a cluster`);
  if (options.init === true && node.role === "load-balancer")
    throw new UserError(`${node.name} is a load balancer: it cannot found a cluster`);
  const input: PrepareInput = {
    spec,
    node,
    product: programVersion,
    root,
    asked: options.init === true ? "init" : options.join === true ? "join" : undefined,
    joinCommandFile: options["join-command-file"],
    ignored,
    adopt: options.adopt === true,
    dryRun: options["dry-run"] === true,
    withoutSecrets: secretsLeftOut,
    runs: (phase) => phases.includes(phase),
  };
  return phases.every((phase) => phase === "preflight") ? checkOnly(input, io) : prepare(input, io);
}

function selectedPhases({ arguments: words, options }: Invocation): readonly PhaseName[] {
  const [first, name, ...more] = words;
  if (first === undefined) {
    const skipped = new Set((options["skip-phases"]?.split(",") ?? []).map(phaseNamed));
    return phaseNames.filter((phase) => !skipped.has(phase));
  }
  if (first !== "phase" || more.length > 0)
    throw new UserError(`prepare takes nothing, or "phase NAME"; the phases are ${phaseNames.join(", ")}`);
  if (name === undefined) throw new UserError(`prepare phase needs a name: ${phaseNames.join(", ")}`);
  if (options["skip-phases"] !== undefined)
    throw new UserError("prepare phase runs one phase: --skip-phases has nothing to skip");
  return [phaseNamed(name)];
}

function phaseNamed(name: string): PhaseName {
  const phase = phaseNames.find((candidate) => candidate === name);
  if (phase !== undefined) return phase;
  const meant = nearest(name, phaseNames);
  throw new UserError(
    `there is no phase "${name}"; ${meant === undefined ? `the phases are ${phaseNames.join(", ")}` : `did you mean ${meant}?`}`,
  );
}
