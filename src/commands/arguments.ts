import { cac, type CAC } from "cac";

import { nearest } from "../config/did-you-mean.ts";
import { UserError } from "../errors.ts";
import type { Command } from "./command.ts";
import { optionDefinition, type OptionName, optionNames, type Options } from "./options.ts";

/** The words after a command's name as its arguments and flags; a flag that is wrong ends in a UserError. */
export function parseArguments(
  command: Command,
  words: readonly string[],
): { readonly arguments: readonly string[]; readonly options: Options } {
  if (command.ownFlags !== undefined) return { arguments: words, options: {} };
  const parser = parserFor(command);
  parser.parse(["node", "kubeadm-ha", command.name, ...markValues(words)], { run: false });
  try {
    parser.matchedCommand?.checkUnknownOptions();
    parser.matchedCommand?.checkOptionValue();
    parser.matchedCommand?.checkUnusedArgs();
  } catch (error) {
    throw new UserError(inOurWords(error instanceof Error ? error.message : String(error)), {
      cause: error,
    });
  }
  const given = parser.args.map((word) => (word.startsWith(mark) ? word.slice(mark.length) : word));
  const required = [...(command.arguments ?? "").matchAll(/<(?:\.\.\.)?([^>]*)>/g)].map(([, name = ""]) => name);
  const missing = required[given.length];
  if (missing !== undefined)
    throw new UserError(`${command.name} needs <${missing}>; kubeadm-ha ${command.name} --help shows how`);
  const options = readOptions(parser.options);
  const fromInput = [
    ...Object.entries(options).flatMap(([name, value]) => (value === "-" ? [`--${name}`] : [])),
    ...given.filter((word) => word === "-"),
  ];
  if (fromInput.length > 1)
    throw new UserError(`standard input can be read once, but ${fromInput.join(" and ")} ask for it`);
  return { arguments: given, options };
}

function parserFor(command: Command): CAC {
  const parser = cac("kubeadm-ha");
  const definition = parser.command(
    command.arguments === undefined
      ? command.name
      : `${command.name} ${command.arguments.replaceAll("<", "[").replaceAll(">", "]")}`,
    command.summary,
  );
  for (const option of command.options) definition.option(flagSyntax(option), optionDefinition(option).summary);
  return parser;
}

function flagSyntax(name: OptionName): string {
  const { short, value } = optionDefinition(name);
  return `${short === undefined ? "" : `-${short}, `}--${name}${value === undefined ? "" : " <value>"}`;
}

// cac's parser turns 1.30 into the number 1.3 and takes "-" for a flag; a mark before each value prevents both.
const mark = "=";

function markValues(words: readonly string[]): readonly string[] {
  const marked: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (word === "--") return [...marked, ...words.slice(index + 1).map((rest) => mark + rest)];
    const [flag, inline] = splitFlag(word);
    const option = optionOf(flag);
    if (word === "-") marked.push(mark + word);
    else if (option === undefined) marked.push(word);
    else if (optionDefinition(option).value === undefined) {
      if (inline !== undefined) throw new UserError(`${flag} takes no value`);
      marked.push(word);
    } else {
      const value = inline ?? words[++index];
      if (value === undefined || value === "") throw new UserError(`${flag} needs a value`);
      // One spelling for each flag, so that --output beside -o is seen to be given twice.
      marked.push(`--${option}=${mark}${value}`);
    }
  }
  return marked;
}

function optionOf(flag: string): OptionName | undefined {
  return optionNames.find((name) => {
    const { short } = optionDefinition(name);
    return flag === `--${name}` || (short !== undefined && flag === `-${short}`);
  });
}

function splitFlag(word: string): readonly [string, string | undefined] {
  const cut = word.indexOf("=");
  return word.startsWith("-") && cut > 0 ? [word.slice(0, cut), word.slice(cut + 1)] : [word, undefined];
}

function inOurWords(message: string): string {
  return message
    .replace(/^Unused args: (.*)$/, "takes no $1")
    .replace(/^Unknown option `(--?)([^`]*)`$/, (_, dashes: string, name: string) => {
      const kebab = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const meant = nearest(
        kebab,
        optionNames.filter((option) => option !== kebab),
      );
      return `there is no flag ${dashes}${kebab} here${meant === undefined ? "" : `; did you mean --${meant}?`}`;
    });
}

function readOptions(parsed: Readonly<Record<string, unknown>>): Options {
  const entries = optionNames.flatMap((name) => {
    const value = parsedValue(parsed, name);
    return value === undefined ? [] : [[name, readOption(name, value)]];
  });
  return Object.fromEntries(entries) as Options;
}

// cac takes --no-wait for the opposite of --wait.
function parsedValue(parsed: Readonly<Record<string, unknown>>, name: OptionName): unknown {
  const camel = (text: string): string => text.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  if (!name.startsWith("no-")) return parsed[camel(name)];
  return parsed[camel(name.slice("no-".length))] === false ? true : undefined;
}

function readOption(name: OptionName, value: unknown): unknown {
  const { value: valueName, repeatable } = optionDefinition(name);
  const texts = [value].flat().map((text) => (valueName === undefined ? text : String(text).slice(mark.length)));
  if (repeatable === true) return texts;
  if (valueName !== undefined && texts.length > 1)
    throw new UserError(`--${name} is given ${texts.length} times; give it once`);
  return valueName === undefined ? true : texts[0];
}
