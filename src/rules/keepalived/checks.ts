import { readPath } from "../../config/paths.ts";
import type { FilePosition } from "../../findings/finding.ts";
import type { Located } from "../../model/located.ts";
import type { NodePicture } from "../../model/picture.ts";
import type { KeepalivedModel, VrrpScript } from "../../model/vrrp.ts";
import type { Path } from "../../yaml/read.ts";
import { readScript } from "../../readers/script.ts";

/** What a check of keepalived runs: its command line, and the commands of the script that it names. */
export interface Check {
  /** Commands with their words; the place is the command's own, or the command line's in keepalived.conf. */
  readonly commands: readonly { readonly words: readonly string[]; readonly position: FilePosition }[];
  /** The longest that its own limits let it last, in seconds. */
  readonly longest: Located<number> | undefined;
}

/** The commands of a check, from keepalived.conf and from the script among the machine's files. */
export function checkOf(script: VrrpScript, machine: Machine): Check {
  const { command } = script;
  if (command === undefined) return { commands: [], longest: undefined };
  const inline = readInline(command);
  const found = checkFile(script, machine);
  const file = machine.node.scripts.find((candidate) => candidate.file === found.file);
  const longest = [inline.longest, file?.longest].filter((limit) => limit !== undefined);
  return {
    commands: [
      ...inline.commands,
      ...(file?.commands ?? []).flatMap((words) =>
        words[0] === undefined ? [] : [{ words: words.map(({ value }) => value), position: words[0].position }],
      ),
    ],
    longest: longest.toSorted((a, b) => b.value - a.value)[0],
  };
}

/** Scripts that some instance tracks; one that none tracks is not run. */
export function trackedScripts(model: KeepalivedModel, instances = model.instances): readonly VrrpScript[] {
  const names = new Set(instances.flatMap(({ trackedScripts: list }) => list.map(({ name }) => name.value)));
  return model.scripts.filter(({ name }) => names.has(name.value));
}

// `/bin/sh -c 'ps | grep haproxy'` holds commands in a word.
function readInline(command: Located<string>): Check {
  const { model } = readScript({ file: "", text: command.value });
  const commands = model.commands.map((words) => words.map(({ value }) => value));
  const nested = commands.flatMap((words) => {
    const text = /(?:^|\/)(?:ba|da|a)?sh$/.test(words[0] ?? "") ? words[words.indexOf("-c") + 1] : undefined;
    return text === undefined || !words.includes("-c") ? [] : [readScript({ file: "", text }).model];
  });
  const inner = nested.flatMap((script) => script.commands.map((words) => words.map(({ value }) => value)));
  const longest = [model.longest, ...nested.map((script) => script.longest)].find((limit) => limit !== undefined);
  return {
    commands: [...commands, ...inner].map((words) => ({ words, position: command.position })),
    longest: longest && { value: longest.value, position: command.position },
  };
}

/** The keepalived.conf that a check stands in, and the machine. */
export interface Machine {
  readonly model: KeepalivedModel;
  readonly node: NodePicture;
}

/** The file that a check runs, behind `timeout 2` and interpreters, if it is among the machine's. */
export function checkFile(
  { command }: VrrpScript,
  { model, node }: Machine,
): { readonly path: string; readonly file: string | undefined; readonly mode: number | undefined } {
  const words = (command?.value ?? "").split(/\s+/);
  const path = words[programAt(words)] ?? "";
  const beside = `${model.file.slice(0, model.file.lastIndexOf("/") + 1)}${path.split("/").at(-1)}`;
  const found =
    node.paths.get(path) ??
    node.paths.get(hostPath(path, node)) ??
    [...node.paths.values()].find(({ file }) => file === beside);
  return { path, file: found?.file, mode: found?.mode };
}

function programAt(words: readonly string[]): number {
  const wrapper = /(?:^|\/)(?:timeout|nice|env|sudo|(?:ba|da|a)?sh)$/;
  let at = 0;
  while (at < words.length - 1 && wrapper.test(words[at] ?? "")) {
    const next = words.findIndex((word, index) => index > at && !/^-|^[\d.]+[smhd]?$|=/.test(word));
    // `sh -c 'text'` runs no file.
    if (next === -1 || words.slice(at, next).includes("-c")) return at;
    at = next;
  }
  return at;
}

/** Where a path within a pod of this machine lies on the machine. */
function hostPath(path: string, { pods }: NodePicture): string {
  for (const { value } of pods) {
    const volumes = listAt(value, ["spec", "volumes"]);
    const mounts = listAt(value, ["spec", "containers"]).flatMap((container) => listAt(container, ["volumeMounts"]));
    for (const mount of mounts) {
      const within = textAt(mount, "mountPath");
      const volume = volumes.find((candidate) => textAt(candidate, "name") === textAt(mount, "name"));
      const host = textAt(readPath(volume, ["hostPath"]), "path");
      if (within === undefined || host === undefined) continue;
      if (path === within || path.startsWith(`${within}/`)) return `${host}${path.slice(within.length)}`;
    }
  }
  return path;
}

function listAt(value: unknown, path: Path): readonly unknown[] {
  const list = readPath(value, path);
  return Array.isArray(list) ? list : [];
}

function textAt(value: unknown, key: string): string | undefined {
  const text = readPath(value, [key]);
  return typeof text === "string" ? text : undefined;
}
