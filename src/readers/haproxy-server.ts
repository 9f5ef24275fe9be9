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
      defaults = withOptions(defaults, words).options;
      return [];
    }
    if (name.value !== "server" && name.value !== "server-template") return [];
    // server-template PREFIX NUMBER ADDRESS
    const addressAt = name.value === "server" ? 1 : 2;
    const [first] = words;
    const address = words[addressAt];
    if (first === undefined || address === undefined) return [];
    const { host, firstPort } = parseHaproxyAddress(address.value);
    const { options } = withOptions(defaults, words.slice(addressAt + 1));
    return [{ keyword: name, name: first, address, host, port: firstPort, options }];
  });
}

/** The names of the options on a `server` or `default-server` line, known or not. */
export function serverOptionNames({ name, arguments: words }: Keyword): readonly Located<string>[] {
  const skip = { server: 2, "server-template": 3, "default-server": 0 }[name.value];
  return skip === undefined ? [] : withOptions(new Map(), words.slice(skip)).names;
}

function withOptions(
  defaults: ServerOptions,
  words: readonly Located<string>[],
): { readonly options: ServerOptions; readonly names: readonly Located<string>[] } {
  const options = new Map(defaults);
  const names: Located<string>[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === undefined) break;
    names.push(word);
    if (knownSince("server", word.value) === undefined) continue;
    if (takesValue("server", word.value)) {
      const value = words[++index];
      options.set(word.value, value ?? { value: "", position: word.position });
    } else if (word.value.startsWith("no-")) options.delete(word.value.slice(3));
    else options.set(word.value, { value: "", position: word.position });
  }
  return { options, names };
}
