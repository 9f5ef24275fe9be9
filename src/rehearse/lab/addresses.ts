import type { Scene } from "../scene.ts";

/** The one-address network of an address. */
export function single(address: string): string {
  return `${address}/${address.includes(":") ? 128 : 32}`;
}

/** The network that a machine with this address is taken to be in: its length is in no file. */
export function withLength(address: string): string {
  return `${address}/${lengthOf(address)}`;
}

/** Addresses of the segment that a machine with these reaches only by a route of their own. */
export function neighboursOf(own: readonly string[], all: readonly string[]): readonly string[] {
  const families = new Set(own.map(isIPv6));
  const networks = new Set(own.map(networkOf));
  return all.filter((address) => families.has(isIPv6(address)) && !networks.has(networkOf(address)));
}

/** An address beside another one that nobody has yet; it belongs to the caller from then on. */
export function freeAddress(beside: string, taken: Set<string>): string {
  const [prefix, length] = isIPv6(beside) ? [first(beside, 4), 0xfffe] : [beside.replace(/\d+$/, ""), 254];
  for (let number = length; number > 0; number -= 1) {
    const address = isIPv6(beside) ? canonical(`${prefix}::${number.toString(16)}`) : `${prefix}${number}`;
    if (taken.has(address)) continue;
    taken.add(address);
    return address;
  }
  throw new Error(`no free address beside ${beside}`);
}

/** Every address of a scene, as the kernel writes it. */
export function allAddresses(scene: Scene): readonly string[] {
  const texts = [...scene.nodes.flatMap(({ addresses }) => addresses), ...scene.virtualIPs];
  return [...new Set(texts.map(canonical))];
}

/** An address as the kernel writes it. */
export function canonical(address: string): string {
  return isIPv6(address) ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
}

function isIPv6(address: string): boolean {
  return address.includes(":");
}

function lengthOf(address: string): number {
  return isIPv6(address) ? 64 : 24;
}

function networkOf(address: string): string {
  return isIPv6(address) ? first(address, 4) : address.replace(/\.\d+$/, "");
}

/** The first groups of an IPv6 address. */
function first(address: string, groups: number): string {
  const [head = "", tail] = canonical(address).split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...(tail === undefined ? [] : zeros), ...after].slice(0, groups).join(":");
}
