import { ExitCode, UserError } from "../errors.ts";
import { type FlagDefinition, type FlagName, kubeconformFlags } from "./flags.ts";

/** What a command line says: the values of each flag in their order, a switch as true or false, and the words after the flags. */
export interface GivenFlags {
  readonly values: ReadonlyMap<FlagName, readonly string[]>;
  readonly rest: readonly string[];
}

/**
 * Reads flags as Go's package does: one dash or two, `-x=value` or `-x value`, switches as `-x` or `-x=false`, and
 * the first word that is no flag ends them. Wrong ones are a UserError with kubeconform's exit code.
 * https://pkg.go.dev/flag#hdr-Command_line_flag_syntax
 */
export function readFlags(words: readonly string[]): GivenFlags {
  const values = new Map<FlagName, readonly string[]>();
  let index = 0;
  for (; index < words.length; index++) {
    const word = words[index] ?? "";
    if (!/^-./s.test(word)) break;
    if (word === "--") {
      index++;
      break;
    }
    const [, name = wrong(`bad flag syntax: ${word}`), inline] = /^--?([^-=][^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (!isFlag(name)) return wrong(`flag provided but not defined: -${name}; kubeadm-ha kubeconform -h lists them`);
    const { type }: FlagDefinition = kubeconformFlags[name];
    const value =
      inline ?? (type === "switch" ? "true" : (words[++index] ?? wrong(`flag needs an argument: -${name}`)));
    values.set(name, [...(type === "list" ? (values.get(name) ?? []) : []), checked(name, type, value)]);
  }
  return { values, rest: words.slice(index) };
}

function isFlag(name: string): name is FlagName {
  return Object.hasOwn(kubeconformFlags, name);
}

function checked(name: FlagName, type: FlagDefinition["type"], value: string): string {
  if (type === "whole number" && !/^[-+]?\d+$/.test(value))
    return wrong(`invalid value ${JSON.stringify(value)} for flag -${name}: parse error`);
  if (type !== "switch") return value;
  // https://pkg.go.dev/strconv#ParseBool
  if (/^(?:1|t|T|TRUE|true|True)$/.test(value)) return "true";
  if (/^(?:0|f|F|FALSE|false|False)$/.test(value)) return "false";
  return wrong(`invalid boolean value ${JSON.stringify(value)} for -${name}: parse error`);
}

function wrong(message: string): never {
  throw new UserError(message, { exitCode: ExitCode.no });
}
