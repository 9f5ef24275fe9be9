import type { FilePosition } from "../findings/finding.ts";
import type { Located } from "../model/located.ts";
import type { ScriptPart } from "./script-parts.ts";

/**
 * The longest path through a script by the limits that it sets itself, in seconds: `sleep`, `timeout`,
 * curl's --max-time, wget's -T, nc's -w. Of branches the longer one counts, loops count their turns
 * where the number is written. The place is that of the longest single limit.
 */
export function longestRun(parts: readonly ScriptPart[]): Located<number> | undefined {
  const open: Branch[] = [];
  let now = 0;
  let ended = 0;
  let turns = 1;
  // `$(seq 1 3)` is a command of its own and comes before the loop that it stands in.
  let sequence = 1;
  let inFunction = false;
  let longest: Located<number> | undefined;

  for (const part of parts) {
    if (part.kind === "reserved") takeReserved(part.text);
    else takeCommand(part);
  }
  // The position is that of the longest limit, the value that of the whole run.
  return longest && { position: longest.position, value: rounded(Math.max(now, ended, longest.value)) };

  function takeCommand({ words, conditional }: ScriptPart & { kind: "command" }): void {
    const values = words.map(({ value }) => value);
    if (values[0] === "seq") sequence = turnsOfSequence(values);
    if (values[0] === "for") turns = turnsOf(values, sequence);
    const limit = limitOf(values);
    if (limit !== undefined) {
      now += limit;
      if (longest === undefined || limit > longest.value) longest = { value: limit, position: placeOf(words) };
    }
    const leaves = /^(?:exec|exit|return)$/.test(values[0] ?? "") && !/^\d*[<>]/.test(values[1] ?? "");
    if (leaves && !conditional && !inFunction) {
      ended = Math.max(ended, now);
      now = Number.NEGATIVE_INFINITY;
    }
  }

  function takeReserved(text: string): void {
    const branch = open.at(-1);
    switch (text) {
      case "if":
      case "case":
      case "do":
      case "{":
        open.push({ word: text, start: now, best: Number.NEGATIVE_INFINITY, otherwise: false, turns, inFunction });
        turns = 1;
        break;
      case "()":
        inFunction = true;
        break;
      case "then":
        if (branch !== undefined) branch.start = Math.max(branch.start, now);
        break;
      case "else":
      case "elif":
      case ";;":
        if (branch === undefined) break;
        branch.best = Math.max(branch.best, now);
        branch.otherwise ||= text === "else";
        now = branch.start;
        break;
      case "fi":
      case "esac":
        if (open.pop() === undefined || branch === undefined) break;
        now = Math.max(branch.best, now, branch.otherwise ? Number.NEGATIVE_INFINITY : branch.start);
        break;
      case "done":
      case "}":
        if (open.pop() === undefined || branch === undefined) break;
        // A loop may leave the script within its turn.
        if (branch.start > Number.NEGATIVE_INFINITY)
          now = branch.start + Math.max(0, now - branch.start) * branch.turns;
        if (text === "}") ({ inFunction } = branch);
        if (text === "}" && open.length === 0) inFunction = false;
        break;
    }
  }
}

interface Branch {
  readonly word: string;
  start: number;
  best: number;
  otherwise: boolean;
  readonly turns: number;
  readonly inFunction: boolean;
}

function placeOf(words: readonly Located<string>[]): FilePosition {
  return (words[0] as Located<string>).position;
}

/** Turns of `for k in 1 2 3`, `$(seq 1 3)` or `{1..3}`. */
function turnsOf(words: readonly string[], sequence: number): number {
  const list = words.slice(words.indexOf("in") + 1);
  const range = /^\{(\d{1,4})\.\.(\d{1,4})\}$/.exec(list[0] ?? "");
  if (range !== null) return Math.abs(Number(range[2]) - Number(range[1])) + 1;
  if (list.length === 1 && /^(?:\$\(|`)/.test(list[0] ?? "")) return sequence;
  if (list.some((word) => /[$`*]/.test(word))) return 1;
  return Math.max(1, list.length);
}

/** Lines that `seq LAST` or `seq FIRST LAST` prints. */
function turnsOfSequence([, ...words]: readonly string[]): number {
  const [first = 1, last = 1] = words.length === 1 ? [1, Number(words[0])] : words.map(Number);
  const count = Math.abs(last - first) + 1;
  return words.length <= 2 && count <= 10_000 ? count : 1;
}

function limitOf(words: readonly string[]): number | undefined {
  const [command = "", ...rest] = words[0] === "exec" || words[0] === "sudo" ? words.slice(1) : words;
  switch (command.split("/").at(-1) ?? "") {
    case "sleep":
      return seconds(rest[0]);
    case "timeout":
      return seconds(rest.find((word, index) => !word.startsWith("-") && !/^-[ks]$/.test(rest[index - 1] ?? "")));
    case "curl":
      return seconds(option(rest, /^(?:--max-time|-[a-zA-Z]*m)(?:=)?([\d.]+)?$/));
    case "wget":
      return seconds(option(rest, /^(?:--timeout|-[a-zA-Z]*T)(?:=)?([\d.]+)?$/));
    case "nc":
    case "ncat":
    case "netcat":
      return seconds(option(rest, /^(?:--wait|-[a-zA-Z]*w)(?:=)?([\d.]+)?$/));
    case "read":
      return seconds(option(rest, /^-[a-z]*t([\d.]+)?$/));
    default:
      return undefined;
  }
}

/** The value of an option, written behind it or in the next word. */
function option(words: readonly string[], name: RegExp): string | undefined {
  for (const [index, word] of words.entries()) {
    const match = name.exec(word);
    if (match !== null) return match[1] ?? words[index + 1];
  }
  return undefined;
}

function seconds(text: string | undefined): number | undefined {
  const match = /^(\d{1,6}(?:\.\d{1,6})?|\.\d{1,6})([smh]?)$/.exec(text ?? "");
  if (match === null) return undefined;
  const unit = { s: 1, m: 60, h: 3600 }[match[2] ?? ""] ?? 1;
  return Number(match[1]) * unit;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
