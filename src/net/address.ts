export type AddressFamily = 4 | 6;

/** An IP address in its canonical text: no leading zeros, IPv6 compressed and in lower case. */
export interface Address {
  readonly text: string;
  readonly family: AddressFamily;
}

/** An address with the length of its network prefix, such as 192.168.10.100/24. */
export interface Prefix {
  readonly address: Address;
  readonly length: number;
}

/**
 * Reads an IP address strictly: no zone identifier, no leading zeros (kubeadm accepts those and
 * means another address).
 */
export function parseAddress(text: string): Address | undefined {
  if (!text.includes(":")) return isIPv4(text) ? { text, family: 4 } : undefined;
  // The URL parser is the one in the platform that writes IPv6 addresses as RFC 5952 wants them;
  // node:net would cost eight milliseconds at every start.
  if (!/^[\da-fA-F:.]{2,45}$/.test(text)) return undefined;
  try {
    return { text: new URL(`http://[${text}]`).hostname.slice(1, -1), family: 6 };
  } catch {
    return undefined;
  }
}

/** Reads ADDRESS/LENGTH. */
export function parsePrefix(text: string): Prefix | undefined {
  const [addressText = "", lengthText = "", ...rest] = text.split("/");
  const address = parseAddress(addressText);
  if (address === undefined || rest.length > 0 || !/^\d{1,3}$/.test(lengthText)) return undefined;
  const length = Number(lengthText);
  return length <= addressBits(address.family) ? { address, length } : undefined;
}

/** Whether the network of `prefix` holds `address`; false between families. */
export function prefixContains(prefix: Prefix, address: Address): boolean {
  if (prefix.address.family !== address.family) return false;
  const hostBits = BigInt(addressBits(address.family) - prefix.length);
  return addressNumber(prefix.address) >> hostBits === addressNumber(address) >> hostBits;
}

/** The address as a number, for comparing networks. */
export function addressNumber({ text, family }: Address): bigint {
  if (family === 4) return text.split(".").reduce((sum, part) => (sum << 8n) + BigInt(part), 0n);
  const [head = "", tail] = text.split("::");
  const groups = (part: string | undefined): readonly string[] =>
    part === undefined || part === "" ? [] : part.split(":");
  const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array.from({ length: missing }, () => "0"), ...groups(tail)];
  return all.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}

/** The address of a number. */
export function addressOf(number: bigint, family: AddressFamily): Address {
  const groups = family === 4 ? { count: 4, bits: 8n, base: 10 } : { count: 8, bits: 16n, base: 16 };
  const parts = Array.from({ length: groups.count }, (_, index) => {
    const shifted = number >> (groups.bits * BigInt(groups.count - 1 - index));
    return (shifted & ((1n << groups.bits) - 1n)).toString(groups.base);
  });
  const text = parts.join(family === 4 ? "." : ":");
  return parseAddress(text) ?? { text, family };
}

/** Whether two networks have an address in common. */
export function prefixesOverlap(a: Prefix, b: Prefix): boolean {
  return a.length <= b.length ? prefixContains(a, b.address) : prefixContains(b, a.address);
}

/** 32 for IPv4, 128 for IPv6. */
export function addressBits(family: AddressFamily): 32 | 128 {
  return family === 4 ? 32 : 128;
}

/** The host part of a URL or HOST:PORT: an IPv6 address gets brackets. */
export function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/** What makes an address unusable as the address of a node or of a VIP, or undefined. */
export function unusableReason(address: Address): string | undefined {
  return specialRanges.find((range) => prefixContains(range.prefix, address))?.reason;
}

const specialRanges = (
  [
    ["0.0.0.0/8", "means every address of the machine"],
    ["127.0.0.0/8", "is a loopback address"],
    ["169.254.0.0/16", "is a link-local address"],
    ["224.0.0.0/4", "is a multicast address"],
    ["255.255.255.255/32", "is the broadcast address"],
    ["::/128", "means every address of the machine"],
    ["::1/128", "is the loopback address"],
    ["fe80::/10", "is a link-local address"],
    ["ff00::/8", "is a multicast address"],
  ] as const
).map(([text, reason]) => ({ prefix: parsePrefix(text) as Prefix, reason }));

function isIPv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}
