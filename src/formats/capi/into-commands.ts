import { isNode, isScalar, isSeq, type YAMLSeq } from "yaml";

import { pathText } from "../../config/paths.ts";
import { flowItems, flowText, scalarLike } from "../../kubeadm/emit.ts";
import { endOf, insertLines, rangeOf, removePairs, type Splice } from "../../kubeadm/splice.ts";
import { indentOf, insertList, removeItems, textsOf, valueOf } from "./edit.ts";
import type { EditTarget } from "./into-files.ts";

/** Which list of commands, and the script that it has to run. */
export interface WantedCommand {
  readonly key: "preKubeadmCommands" | "postKubeadmCommands";
  /** Undefined if nothing is to be run. */
  readonly script: string | undefined;
  /** Where the script lies, or would. */
  readonly place: string;
}

export interface CommandChanges {
  readonly splices: readonly Splice[];
  readonly notes: readonly string[];
}

/** What changes in a list of commands: the script runs once, and what did its work before is gone. */
export function commandChanges(target: EditTarget, { key, script, place }: WantedCommand): CommandChanges {
  const { text, map, base } = target;
  const list = valueOf(map, key);
  const commands = textsOf(list);
  const notes = commands.flatMap((command, index) =>
    /kube-?vip/i.test(command) && !replaces(command) && !command.includes(place)
      ? [
          `${pathText([...base, key, index])} works with kube-vip too and is left alone: ${command.split("\n")[0] ?? ""}`,
        ]
      : [],
  );
  if (!isSeq(list) || list.items.length === 0) {
    const lines = itemLines(script ?? "", indentOf(map));
    return { splices: script === undefined ? [] : [insertList(text, map, { key, lines })], notes };
  }
  const old = commands.flatMap((command, index) => (replaces(command) ? [index] : []));
  if (script === undefined) {
    const pair = map.items.find(({ value }) => value === list);
    const all = old.length === commands.length && pair !== undefined && old.length > 0;
    return { splices: all ? removePairs(text, map, [pair]) : removeItems(text, list, old), notes };
  }
  const runs = commands.some((command, index) => !old.includes(index) && isRunBy(command, script));
  const [first, ...others] = old;
  if (runs) return { splices: removeItems(text, list, old), notes };
  if (first === undefined) return { splices: [append(text, list, script)], notes };
  return { splices: [...replaceItem(list, first, script), ...removeItems(text, list, others)], notes };
}

// The way of most providers: sed exchanges the kubeconfig in the manifest, in a command or a script of kube-vip's.
function replaces(command: string): boolean {
  return /super-admin\.conf/.test(command) || /\/(?:pre|post)-kubeadm-commands\/[^ ]*kube-?vip[^ ]*\.sh/.test(command);
}

// By its name, or with all scripts of its directory.
function isRunBy(command: string, script: string): boolean {
  const directory = script.slice(0, script.lastIndexOf("/"));
  return command.includes(script) || (command.includes(directory) && /\bfind\b|\brun-parts\b|\*/.test(command));
}

function replaceItem(list: YAMLSeq, index: number, script: string): readonly Splice[] {
  const item = list.items[index];
  if (!isScalar(item) || !isNode(item)) return [];
  const [start, end] = rangeOf(item);
  const replacement = list.flow === true ? flowText(script, "where-needed") : scalarLike(item, script);
  return [{ start, end, text: replacement }];
}

function append(text: string, list: YAMLSeq, script: string): Splice {
  if (list.flow !== true) return insertLines(text, endOf(list), itemLines(script, indentOf(list)));
  const last = list.items.at(-1);
  const start = last === undefined ? rangeOf(list)[0] + 1 : endOf(last);
  const item = flowItems([script], "where-needed");
  return { start, end: start, text: last === undefined ? item : `, ${item}` };
}

function itemLines(script: string, indent: number): readonly string[] {
  return [`${" ".repeat(indent)}- ${script}`];
}
