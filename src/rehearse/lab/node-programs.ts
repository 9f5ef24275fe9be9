import path from "node:path";

import { helperFiles } from "../helpers.ts";
import type { SceneNode, SceneProgram } from "../scene.ts";
import { pki } from "./certificates.ts";
import { daemonCommand, imageCommand } from "./daemons.ts";
import type { LabOptions, ProgramName } from "./lab.ts";
import { launch } from "./launch.ts";
import { podCommand, podMark } from "./pod.ts";
import { childrenOf } from "./process.ts";
import { processOf, type SpaceProcess } from "./processes.ts";
import { manageProgram, type ManagedProgram, type ProgramOptions } from "./program.ts";
import { inside, type Space } from "./space.ts";

export interface ProgramsOptions extends LabOptions {
  readonly apiServerPort: number;
}

/** What a node's programs ask of their machine. */
export interface ProgramMachine {
  space(): Space;
  processes(): readonly SpaceProcess[];
  on(): boolean;
}

/** The programs of a node, none of them running, in the order in which they start. */
export function managePrograms(
  node: SceneNode,
  options: ProgramsOptions,
  machine: ProgramMachine,
): Readonly<Partial<Record<ProgramName, ManagedProgram>>> {
  const apiServer: readonly [ProgramName, ManagedProgram][] =
    node.withoutApiServer === true ? [] : [["api-server", manageProgram(apiServerOptions(node, options, machine))]];
  const daemons = node.programs.map((program): [ProgramName, ManagedProgram] => [
    program.kind === "keepalived" ? "keepalived" : "balancer",
    manageProgram(
      options.form === "static-pod" && program.manifest !== undefined
        ? podOptions(node, program, machine)
        : daemonOptions(node, program, machine),
    ),
  ]);
  return Object.fromEntries([...apiServer, ...daemons, ...redirect(node, machine)]);
}

/** What keeps the rules of a redirect; rules without it are there from the beginning. */
function redirect(
  { name, redirect: kept }: SceneNode,
  machine: ProgramMachine,
): readonly [ProgramName, ManagedProgram][] {
  if (kept === undefined || !("script" in kept)) return [];
  const { script } = kept;
  const options: ProgramOptions = {
    name: `redirect on ${name}`,
    on: machine.on,
    launch: () => launch(machine.space(), ["bash", script]),
    find: () => machine.processes().find(({ argv }) => argv[1] === script),
    others: () => [],
  };
  return [["redirect", manageProgram(options)]];
}

function apiServerOptions(node: SceneNode, options: ProgramsOptions, machine: ProgramMachine): ProgramOptions {
  const file = path.join(options.helpers, helperFiles.apiServer);
  return {
    name: `API server on ${node.name}`,
    on: machine.on,
    readyText: "ready",
    launch: () => {
      // The helper is no part of the machine, so it sees this machine's files.
      const space = machine.space();
      const settings = {
        name: node.name,
        port: options.apiServerPort,
        certificate: inside(space, pki.certificate),
        key: inside(space, pki.key),
        shutdownDelay: options.shutdownDelay,
      };
      return launch(space, [process.execPath, file, JSON.stringify(settings)], "here");
    },
    find: () => machine.processes().find(({ argv }) => argv[1] === file),
    others: () => [],
  };
}

/** A daemon as a service of the machine. */
function daemonOptions(node: SceneNode, program: SceneProgram, machine: ProgramMachine): ProgramOptions {
  const mine = (): readonly SpaceProcess[] =>
    machine.processes().filter((candidate) => candidate.program === program.kind);
  return {
    name: `${program.kind} on ${node.name}`,
    on: machine.on,
    launch: () => launch(machine.space(), daemonCommand(program)),
    find: () => {
      const found = mine();
      const numbers = new Set(found.map(({ pid }) => pid));
      return found.find(({ parent }) => !numbers.has(parent));
    },
    others: (master) => mine().filter(({ pid }) => pid !== master.pid),
  };
}

/** A daemon as the container of its static pod. */
function podOptions(node: SceneNode, program: SceneProgram, machine: ProgramMachine): ProgramOptions {
  const pod = podCommand(program.manifest ?? "", (place) =>
    imageCommand({ ...program, config: place(program.config) ?? program.config }),
  );
  return {
    name: `pod ${pod.name} on ${node.name}`,
    on: machine.on,
    supervisor: "kubelet",
    launch: () => launch(machine.space(), pod.argv),
    find: () => {
      const waiting = machine
        .processes()
        .find((candidate) => candidate.program === "unshare" && candidate.argv.includes(podMark(pod.name)));
      const [first] = waiting === undefined ? [] : childrenOf(waiting.pid);
      return first === undefined ? undefined : processOf(first);
    },
    // The kernel ends a container with its first process.
    others: () => [],
  };
}
