import type { HaproxySection, Keyword, PlacedWord } from "../model/balancer.ts";
import { bindOptionNames } from "./haproxy-bind.ts";
import { knownSince } from "./haproxy-keywords.ts";
import { serverOptionNames } from "./haproxy-server.ts";

/** The words of a section that haproxy looks up, each with the place where it does. */
export function placedWords(section: HaproxySection): readonly PlacedWord[] {
  if (section.kind.value === "global") return section.keywords.flatMap((keyword) => nameOf(keyword, "global"));
  return section.keywords.flatMap((keyword) => [
    ...nameOf(keyword, "proxy"),
    ...serverOptionNames(keyword).map((word) => ({ ...word, place: "server" as const })),
    ...bindOptionNames(keyword).map((word) => ({ ...word, place: "bind" as const })),
  ]);
}

/** Whether no release of haproxy knows a word at its place, or haproxy has given it up. */
export function isUnknown({ place, value }: PlacedWord): boolean {
  return knownSince(place, value) === undefined;
}

function nameOf({ name }: Keyword, place: "global" | "proxy"): readonly PlacedWord[] {
  const parts = name.value.split(" ");
  const [first, second] = parts[0] === "no" || parts[0] === "default" ? parts.slice(1) : parts;
  if (first === undefined) return [];
  const head = { value: first, position: name.position, place };
  if (place === "global" || second === undefined || (first !== "option" && first !== "timeout")) return [head];
  // `option httplog` is one keyword: its place is that of `option`.
  return [head, { value: second, position: name.position, place: first }];
}
