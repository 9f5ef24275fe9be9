import type { SceneFile, SceneNode } from "../scene.ts";
import { single } from "./addresses.ts";
import { checkConfiguration } from "./check.ts";
import { writeFiles } from "./files.ts";
import { furnish } from "./furnish.ts";
import type { HealthState, LabNode, ProgramName } from "./lab.ts";
import type { Network, Port } from "./network.ts";
import { managePrograms, type ProgramsOptions } from "./node-programs.ts";
import type { Ownership, Watcher } from "./ownership.ts";
import { processesOf, send, type SpaceProcess } from "./processes.ts";
import type { ManagedProgram } from "./program.ts";
import { shutDown } from "./shut-down.ts";
import { createSpace, ip, mustRun, type Space } from "./space.ts";

/** A node as the lab handles it. */
export interface ManagedNode extends LabNode {
  readonly programs: Readonly<Partial<Record<ProgramName, ManagedProgram>>>;
  /** The machine of this moment; it is another one after a boot. */
  space(): Space | undefined;
  /** Makes the machine, with its files and its cable, and starts nothing. */
  build(): Promise<void>;
  /** Lets each daemon check its configuration; an error when one refuses it. */
  check(): Promise<void>;
  startAll(): Promise<void>;
  setHealth(state: HealthState): void;
  logs(): readonly { readonly name: string; readonly text: string }[];
  stop(): Promise<void>;
}

export interface NodeOptions extends ProgramsOptions {
  readonly network: Network;
  readonly ownership: Ownership;
  readonly port: Port;
  /** Addresses on the segment that are in no network of the node's own. */
  readonly neighbours: readonly string[];
  /** All files of the node: as they can be used in a lab, with certificates. */
  readonly files: readonly SceneFile[];
  /** Shell lines that complete the machine after its files are there. */
  readonly complete: string;
}

/** A node whose machine does not exist yet. */
export function manageNode(node: SceneNode, options: NodeOptions): ManagedNode {
  const { network, ownership } = options;
  let machine: { readonly space: Space; readonly watcher: Watcher } | undefined;
  let built = false;
  const running = (): Space => {
    if (machine === undefined) throw new Error(`${node.name} is off`);
    return machine.space;
  };
  const own = (): readonly SpaceProcess[] => {
    if (machine === undefined) return [];
    const watching = new Set(machine.watcher.pids());
    return processesOf(machine.space).filter(({ pid }) => !watching.has(pid));
  };
  const programs = managePrograms(node, options, { space: running, processes: own, on: () => built });
  const all = Object.values(programs);
  const build = async (): Promise<void> => {
    const space = await createSpace(node.name, furnish);
    try {
      machine = { space, watcher: await ownership.watch(space) };
      await network.connect(space, options.port);
      await ip(
        space,
        options.neighbours.map((address) => `route replace ${single(address)} dev ${options.port.interface}`),
      );
      await writeFiles(space, options.files);
      await mustRun(space, ["sh", "-ec", options.complete]);
      built = true;
    } catch (error) {
      machine = undefined;
      await space.stop();
      throw error;
    }
  };
  const startAll = async (): Promise<void> => {
    await Promise.all(all.map((program) => program.start()));
  };
  return {
    name: node.name,
    programs,
    space: () => machine?.space,
    build,
    check: async () => {
      for (const program of node.programs) await checkConfiguration(running(), program);
    },
    startAll,
    freeze: (frozen) => (frozen ? freeze(own) : own().forEach(({ pid }) => send(pid, "SIGCONT"))),
    shutDown: () => shutDown(node, programs),
    powerOff: async () => {
      if (machine === undefined) return;
      const { space } = machine;
      machine = undefined;
      built = false;
      // The cable first: a machine without power says no good-bye to its peers.
      await network.setLink(space, false);
      send(space.pid, "SIGKILL");
      ownership.lost(node.name);
      await space.stop();
      await network.disconnect(space);
    },
    boot: async () => {
      if (machine !== undefined) return;
      await build();
      await Promise.all(all.map((program) => program.boot()));
    },
    setHealth: (state) => programs["api-server"]?.command(state),
    logs: () => Object.entries(programs).map(([name, program]) => ({ name, text: program.log() })),
    stop: async () => {
      for (const program of all) program.release();
      built = false;
      await machine?.space.stop();
      machine = undefined;
    },
  };
}

/** Again until nobody is left who could have started another one meanwhile. */
function freeze(processes: () => readonly SpaceProcess[]): void {
  const stopped = new Set<number>();
  for (let size = -1; size !== stopped.size;) {
    size = stopped.size;
    for (const { pid } of processes()) {
      if (!stopped.has(pid)) send(pid, "SIGSTOP");
      stopped.add(pid);
    }
  }
}
