import { basename, join } from "node:path";

import { ExitCode, UserError } from "../errors.ts";
import { environmentFailure, statusOf } from "../host/files.ts";
import type { Io } from "../host/io.ts";
import { readLine } from "../host/process-io.ts";
import { runProgram } from "../host/run-program.ts";
import { parseInterfaces } from "../observe/addresses.ts";
import type { InterfaceAddress } from "../checks/facts.ts";
import { isManifest, isUnit } from "../plan/node-files.ts";
import { adoptedDirectory, type NodeState, statePath } from "../plan/state.ts";
import { leaveSteps } from "./leave-steps.ts";
import { removeLeftovers } from "./leftovers.ts";
import { leaveWorkerProxy, wouldLeaveWorkerProxy } from "./leave-worker-proxy.ts";
import { takeLock } from "./lock.ts";
import { isChangedByHand, readNodeState } from "./node-state.ts";
import { forgetUnits, stopUnits } from "./start-units.ts";
import { backUp, cleanUp, nextBackupDirectory, removeOwn, restore } from "./reset-files.ts";

/** What `reset` is to do. */
export interface ResetInput {
  /** "/" or the directory that stands for it. */
  readonly root: string;
  readonly dryRun: boolean;
  /** Whether nobody is asked. */
  readonly force: boolean;
}

/**
 * Makes the machine what it was before `prepare`: removes our files, moves those that somebody changed
 * aside, puts adopted ones back, and takes a virtual IP away that was left behind. It can be cut short
 * at any point: the state goes last, and the next run does the rest.
 */
export async function reset(input: ResetInput, io: Io): Promise<ExitCode> {
  const { root } = input;
  const lock = input.dryRun ? undefined : await takeLock(root);
  let done = false;
  try {
    const state = readNodeState(root);
    if (state === undefined) {
      if (!input.dryRun)
        environmentFailure(`cannot write below ${root}`, () => cleanUp(root, removeLeftovers(root, undefined)));
      io.out(`[reset] nothing to remove: there is no "${statePath}"\n`);
      done = true;
      return ExitCode.ok;
    }
    const steps = plan(root, state);
    if (input.dryRun) {
      io.out(steps.map(({ path, action }) => `[reset] Would ${wouldWords[action]} "${path}"\n`).join(""));
      io.out(
        wouldLeaveWorkerProxy(root, state)
          .map((line) => `${line}\n`)
          .join(""),
      );
      io.out(
        leftAddresses(root, state)
          .map((left) => `[reset] Would remove ${addressText(left)}\n`)
          .join(""),
      );
      return ExitCode.ok;
    }
    if (!input.force && !confirmed(io)) {
      io.err("error: reset was not confirmed; nothing was changed\n");
      return ExitCode.no;
    }
    io.out(await perform(root, { state, steps }));
    done = true;
    return ExitCode.ok;
  } finally {
    // The lock file itself is ours, too.
    await lock?.release(done ? "remove-all" : "remove-own");
  }
}

interface Step {
  readonly path: string;
  readonly action: "remove" | "back-up" | "restore";
}

const wouldWords = { remove: "remove", "back-up": "move to /var/backups", restore: "restore" } as const;

// Static pods first, since they name the other files.
function plan(root: string, state: NodeState): readonly Step[] {
  const paths = state.files.map(({ path }) => path);
  const ordered = [...paths.filter(isManifest), ...paths.filter((path) => !isManifest(path))];
  return ordered.flatMap((path): readonly Step[] => {
    const copy = statusOf(join(root, adoptedDirectory + path));
    const adopted = state.adopted.includes(path);
    // What was put back before an interruption is somebody else's again.
    if (adopted && copy === undefined) return [];
    const own: readonly Step[] =
      statusOf(join(root, path)) === undefined
        ? []
        : [{ path, action: isChangedByHand(root, path, state) ? "back-up" : "remove" }];
    if (!adopted) return own;
    return [...own.filter(({ action }) => action === "back-up"), { path, action: "restore" }];
  });
}

async function perform(
  root: string,
  { state, steps }: { readonly state: NodeState; readonly steps: readonly Step[] },
): Promise<string> {
  const lines: string[] = [...leaveWorkerProxy(root, state)];
  const left = environmentFailure(`cannot write below ${root}`, () => removeLeftovers(root, state));
  const manifests = steps.filter(({ path }) => isManifest(path));
  const backup = nextBackupDirectory(root);
  const run = ({ path, action }: Step): void => {
    if (action === "remove") {
      removeOwn(root, path);
      lines.push(`[reset] Removing "${path}"`);
    } else if (action === "restore") {
      restore(root, path);
      lines.push(`[reset] Restoring "${path}"`);
    } else {
      const place = backUp(root, path, backup);
      lines.push(`[reset] Moving "${path}" to "${place}": it was changed since kubeadm-ha wrote it`);
    }
  };
  // The load balancer and the API server serve until the virtual IP has moved.
  const agent = manifests.filter(({ path }) => basename(path) === `${state.virtualIP.provider}.yaml`);
  environmentFailure(`cannot write below ${root}`, () => agent.forEach(run));
  const isAgentUnit = ({ path }: { readonly path: string }): boolean => path.includes(state.virtualIP.provider);
  lines.push(...stopUnits(root, state.files.filter(isAgentUnit)));
  lines.push(...(await removeAddresses(root, { state, wait: manifests.length > 0 })));
  lines.push(
    ...stopUnits(
      root,
      state.files.filter((file) => !isAgentUnit(file)),
    ),
  );
  environmentFailure(`cannot write below ${root}`, () => {
    for (const step of [...manifests, ...steps.filter(({ path }) => !isManifest(path))])
      if (!agent.includes(step)) run(step);
    cleanUp(root, [...state.directories, ...left], state);
  });
  if (state.files.some(({ path }) => isUnit(path))) forgetUnits(root);
  lines.push("[reset] Done: the machine is as it was before kubeadm-ha prepare", ...leaveSteps(root));
  return `${lines.join("\n")}\n`;
}

// A stopped agent gives the address back within a second; one that was killed never does, and the
// address would answer beside the next holder's.
async function removeAddresses(
  root: string,
  { state, wait }: { readonly state: NodeState; readonly wait: boolean },
): Promise<readonly string[]> {
  const kubelet = statusOf(join(root, "/var/lib/kubelet/config.yaml")) !== undefined;
  for (let tries = wait && kubelet ? 50 : 0; tries > 0 && leftAddresses(root, state).length > 0; tries--)
    await new Promise((resolve) => setTimeout(resolve, 200));
  return leftAddresses(root, state).map((left) => {
    const answer = runProgram(["ip", "addr", "del", `${left.address}/${left.prefixLength}`, "dev", left.interface]);
    if (answer.state === "missing" || answer.status !== 0)
      throw new UserError(`cannot remove ${addressText(left)}; the rest of reset waits for it`, {
        exitCode: ExitCode.environment,
      });
    return `[reset] Removing ${addressText(left)}`;
  });
}

/** Virtual IPs that this machine still has; another root says nothing about this machine. */
function leftAddresses(root: string, state: NodeState): readonly InterfaceAddress[] {
  if (root !== "/") return [];
  const answer = runProgram(["ip", "-j", "addr"]);
  if (answer.state === "missing") return [];
  return parseInterfaces(answer.stdout).addresses.filter(({ address }) => state.virtualIP.addresses.includes(address));
}

function addressText({ address, prefixLength, interface: name }: InterfaceAddress): string {
  return `address ${address}/${prefixLength} from ${name}`;
}

function confirmed(io: Io): boolean {
  io.err("[reset] Static pods, services and configuration of kubeadm-ha on this machine will be removed.\n");
  io.err("[reset] Are you sure you want to proceed? [y/N]: ");
  return /^y(es)?$/i.test(readLine().trim());
}
