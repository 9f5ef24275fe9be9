import type { HaproxyServer, Keyword } from "../model/balancer.ts";
import type { Located } from "../model/located.ts";
import { parseHaproxyAddress } from "./haproxy-address.ts";
import { knownSince, takesValue } from "./haproxy-keywords.ts";

/** Options of a server by name, each with its value ("" for switches). */
export type ServerOptions = ReadonlyMap<string, Located<string>>;

/**
 * The servers of a proxy. `default-server` counts for the servers below it, as in haproxy; what a
 * `defaults` section says comes first.
 * https://docs.haproxy.org/3.0/configuration.html#5.2
 */
export function readServers(keywords: readonly Keyword[]): readonly HaproxyServer[] {
  let defaults: ServerOptions = new Map();
  return keywords.flatMap((keyword): readonly HaproxyServer[] => {
    const { name, arguments: words } = keyword;
    if (name.value === "default-server") {
      defaults = withOptions(defaults, words, 0);
      return [];
    }
    if (name.value !== "server" && name.value !== "server-template") return [];
    // server-template PREFIX NUMBER ADDRESS
    const addressAt = name.value === "server" ? 1 : 2;
    const [first] = words;
    const address = words[addressAt];
    if (first === undefined || address === undefined) return [];
    const { host, firstPort } = parseHaproxyAddress(address.value);
    const options = withOptions(defaults, words, addressAt + 1);
    return [{ keyword: name, name: first, address, host, port: firstPort, options }];
  });
}

/** The names of the options on a `server` or `default-server` line, known or not. */
export function serverOptionNames({ name, arguments: words }: Keyword): readonly Located<string>[] {
  const skip = wordsBeforeOptions.get(name.value);
  return skip === undefined ? [] : optionsIn(words, skip).map(({ option }) => option);
}

const wordsBeforeOptions = new Map([
  ["server", 2],
  ["server-template", 3],
  ["default-server", 0],
]);

/** Later options win, as in haproxy. */
function withOptions(defaults: ServerOptions, words: readonly Located<string>[], skip: number): ServerOptions {
  const options = new Map(defaults);
  for (const { option, value } of optionsIn(words, skip)) {
    if (knownSince("server", option.value) === undefined) continue;
    if (option.value.startsWith("no-")) options.delete(option.value.slice(3));
    else options.set(option.value, value ?? { value: "", position: option.position });
  }
  return options;
}

interface Option {
  readonly option: Located<string>;
  /** Undefined for a switch. */
  readonly value: Located<string> | undefined;
}

function optionsIn(words: readonly Located<string>[], skip: number): readonly Option[] {
  const options: Option[] = [];
  for (let index = skip; index < words.length; index++) {
    const option = words[index];
    if (option === undefined) break;
    options.push({ option, value: takesValue("server", option.value) ? words[++index] : undefined });
  }
  return options;
}
