import type { FilePosition } from "../../findings/finding.ts";
import type { Located } from "../../model/located.ts";
import type { CheckScript } from "../../model/script.ts";
import type { NodePicture } from "../../model/picture.ts";
import type { KeepalivedModel, VrrpInstance, VrrpScript } from "../../model/vrrp.ts";
import { readScript } from "../../readers/script.ts";

/** What a check of keepalived runs: its command line, and the commands of the script that it names. */
export interface Check {
  /** Commands with their words; the place is the command's own, or the command line's in keepalived.conf. */
  readonly commands: readonly { readonly words: readonly string[]; readonly position: FilePosition }[];
  /** The longest that its own limits let it last, in seconds. */
  readonly longest: Located<number> | undefined;
}

/** The commands of a check, from keepalived.conf and from the script among the machine's files. */
export function checkOf(script: VrrpScript, node: NodePicture): Check {
  const { command } = script;
  if (command === undefined) return { commands: [], longest: undefined };
  const inline = readInline(command);
  const file = scriptFile(command.value, node);
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
  return model.scripts.filter(({ name }) => instances.some((instance) => tracks(instance, name.value)));
}

function tracks(instance: VrrpInstance, name: string): boolean {
  return instance.trackedScripts.some((tracking) => tracking.name.value === name);
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

/** By its path on the machine; where files lie outside of a tree, by its name alone. */
function scriptFile(command: string, node: NodePicture): CheckScript | undefined {
  const paths = command.split(/\s+/).filter((word) => word.startsWith("/"));
  for (const path of paths) {
    const exact = node.paths.get(path)?.file;
    const name = `/${path.split("/").at(-1)}`;
    const file = exact ?? (node.paths.has(name) ? node.paths.get(name)?.file : undefined);
    const script = node.scripts.find((candidate) => candidate.file === file);
    if (file !== undefined && script !== undefined) return script;
  }
  return undefined;
}
