import type { HaproxyBind, Keyword } from "../model/balancer.ts";
import type { Located } from "../model/located.ts";
import { parseHaproxyAddress } from "./haproxy-address.ts";
import { takesValue } from "./haproxy-keywords.ts";
import { removedSince } from "./haproxy-removed.ts";

/** The addresses of a proxy's `bind` lines; one line may hold several, with commas between them. */
export function readBinds(keywords: readonly Keyword[]): readonly HaproxyBind[] {
  return keywords
    .filter(({ name }) => name.value === "bind")
    .flatMap(({ arguments: [addresses, ...options] }) => {
      if (addresses === undefined) return [];
      let offset = 0;
      return addresses.value.split(",").map((value) => {
        const { position } = addresses;
        const address = { value, position: { ...position, column: position.column + offset } };
        offset += value.length + 1;
        const { firstPort, lastPort } = parseHaproxyAddress(value);
        return { address, port: firstPort, lastPort, options };
      });
    });
}

/** The names of the options on a `bind` line, known or not. */
export function bindOptionNames({ name, arguments: words }: Keyword): readonly Located<string>[] {
  if (name.value !== "bind") return [];
  const names: Located<string>[] = [];
  for (let index = 1; index < words.length; index++) {
    const word = words[index];
    if (word === undefined) break;
    names.push(word);
    if (takesValue("bind", word.value) || removedSince("bind", word.value) !== undefined) index++;
  }
  return names;
}
