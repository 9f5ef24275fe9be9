import { type Address, addressBits, addressNumber, addressOf, parseAddress, parsePrefix } from "./address.ts";

/** Addresses of one family from the first to the last. */
export interface AddressSpan {
  readonly first: Address;
  readonly last: Address;
}

/** Reads FIRST-LAST. */
export function parseRange(text: string): AddressSpan | undefined {
  const [first, last, ...more] = text.split("-").map(parseAddress);
  if (first === undefined || last === undefined || more.length > 0 || first.family !== last.family) return undefined;
  return addressNumber(first) <= addressNumber(last) ? { first, last } : undefined;
}

/** All addresses of a network, written as ADDRESS/LENGTH. */
export function networkSpan(text: string): AddressSpan | undefined {
  const prefix = parsePrefix(text);
  if (prefix === undefined) return undefined;
  const { family } = prefix.address;
  const bits = BigInt(addressBits(family) - prefix.length);
  const first = (addressNumber(prefix.address) >> bits) << bits;
  return { first: addressOf(first, family), last: addressOf(first + (1n << bits) - 1n, family) };
}

/** Whether an address lies within. */
export function spanContains({ first, last }: AddressSpan, address: Address): boolean {
  const number = addressNumber(address);
  return address.family === first.family && number >= addressNumber(first) && number <= addressNumber(last);
}

/** Whether two have an address in common. */
export function spansOverlap(a: AddressSpan, b: AddressSpan): boolean {
  return spanContains(a, b.first) || spanContains(b, a.first);
}
