import type { Comments } from "../yaml/write.ts";

/** A value that a document must hold. */
export type Wanted = string | number | boolean | readonly Wanted[] | WantedMap;

/** Keys that a map must have; a list that exists is edited by its indices. Empty maps and lists ask for nothing. */
export interface WantedMap {
  readonly [key: string]: Wanted | undefined;
}

/** What we want of one document: a value for each key, items that a list must have further, and keys that must go. */
export interface Change {
  readonly set: WantedMap;
  /** Keys of the root. */
  readonly remove: readonly string[];
  /** Why, by the path of the key; a comment is written only where its key is. */
  readonly comments: Comments;
}

/** The value without what asks for nothing; undefined when nothing is left. */
export function pruned(wanted: WantedMap): Readonly<Record<string, Wanted>> {
  return Object.fromEntries(
    Object.entries(wanted).flatMap(([key, value]) =>
      asksForNothing(value) ? [] : [[key, prunedValue(value)] as const],
    ),
  );
}

/** Whether a wanted value is a map. */
export function isWantedMap(value: Wanted): value is WantedMap {
  return typeof value === "object" && !Array.isArray(value);
}

/** Whether a wanted value is a list. */
export function isWantedList(value: Wanted): value is readonly Wanted[] {
  return Array.isArray(value);
}

/** The comments whose keys are in `value`, which stands at `path`; their paths become relative to it. */
export function commentsWithin(value: WantedMap, comments: Comments, path = ""): Comments {
  const prefix = path === "" ? "" : `${path}.`;
  const relative = Object.entries(comments)
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, text]) => [key.slice(prefix.length), text] as const);
  return Object.fromEntries(relative.filter(([key]) => holds(value, key)));
}

function prunedValue(value: Wanted): Wanted {
  return isWantedMap(value) ? pruned(value) : value;
}

function asksForNothing(value: Wanted | undefined): value is undefined {
  if (value === undefined) return true;
  if (typeof value !== "object") return false;
  return isWantedMap(value) ? Object.values(value).every(asksForNothing) : value.length === 0;
}

function holds(value: WantedMap, path: string): boolean {
  const [first = "", ...rest] = path.split(".");
  const next = value[first];
  if (next === undefined || rest.length === 0) return next !== undefined;
  return isWantedMap(next) && holds(next, rest.join("."));
}
