import { goScalar } from "./go-scalar.ts";

/** A place in a text that is being read, which moves. */
export interface Cursor {
  readonly text: string;
  at: number;
}

/**
 * Marks what the quick reader does not read: it is thrown, at most once a text, and leaves the text to the reader
 * that knows all of YAML.
 */
export const beyond = Symbol("not of the plain kind");

/** Ends the quick reading. */
export function giveUp(): never {
  // An error would cost a stack trace, and nobody sees this.
  // oxlint-disable-next-line typescript/only-throw-error
  throw beyond;
}

/** A scalar without quotes; infinities are for the reader that says where they stand. */
export function plainValue(text: string): unknown {
  const value = goScalar(text);
  return typeof value === "number" && !Number.isFinite(value) ? giveUp() : value;
}

/** Puts an entry into a map; the quick reader leaves repeated keys, and those that are special in JavaScript, alone. */
export function put(map: Record<string, unknown>, key: string, value: unknown): void {
  if (Object.hasOwn(map, key) || key === "__proto__") giveUp();
  map[key] = value;
}

/** YAML has keys of 1024 characters at most, with their quotes: what comes near is for the complete reader. */
export const longestKey = 1000;

export const space = 0x20;
export const lineEnd = 0x0a;
export const hash = 0x23;
export const colon = 0x3a;
export const dash = 0x2d;
export const quote = 0x22;
export const apostrophe = 0x27;
