import type { Address } from "../net/address.ts";

/** Whether a text has an address in it that is not part of a longer one. */
export function mentions(text: string, { text: address, family }: Address): boolean {
  const beside = `[^${digits[family]}]`;
  return new RegExp(`${beside}${address.replaceAll(".", "\\.")}${beside}`).test(` ${text} `);
}

/** The same as a pattern of a shell `case`, for a text between two spaces. */
export function mentionPattern({ text: address, family }: Address): string {
  const beside = `[!${digits[family]}]`;
  return `*${beside}${address}${beside}*`;
}

const digits = { 4: "0-9", 6: "0-9A-Fa-f:" } as const;
