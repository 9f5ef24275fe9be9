import { isIP } from "node:net";

import { describe, expect, it } from "vitest";

import {
  addressNumber,
  parseAddress,
  parsePrefix,
  prefixContains,
  prefixesOverlap,
  unusableReason,
} from "../../src/net/address.ts";
import { seeded } from "../support/random.ts";

describe("parseAddress", () => {
  it.each([
    ["192.168.10.1", "192.168.10.1"],
    ["fd00::10", "fd00::10"],
    ["FD00:0:0:0:0:0:0:10", "fd00::10"],
    ["2001:DB8:0:1::0", "2001:db8:0:1::"],
    ["::ffff:1.2.3.4", "::ffff:102:304"],
  ])("reads %s as %s", (text, canonical) => {
    expect(parseAddress(text)?.text).toBe(canonical);
  });

  it.each([
    "",
    "1.2.3",
    "1.2.3.4.5",
    "010.0.0.1",
    "256.1.1.1",
    "1.2.3.4 ",
    "fe80::1%eth0",
    "[fd00::1]",
    "fd00::1::2",
    "12345::",
    "::1\n",
    "0x1.0.0.1",
    "１.2.3.4",
  ])("refuses %j", (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  it("agrees with the platform on 20,000 texts near addresses", () => {
    const random = seeded(1);
    const alphabet = "0123456789abcdef:.:.:";
    for (let round = 0; round < 20_000; round++) {
      const text = Array.from({ length: 1 + random.below(18) }, () => alphabet[random.below(alphabet.length)]).join("");
      expect([text, parseAddress(text)?.family ?? 0]).toEqual([text, isIP(text)]);
    }
  });
});

describe("prefixes", () => {
  it.each([
    ["192.168.10.100/24", "192.168.10.1", true],
    ["192.168.10.100/24", "192.168.11.1", false],
    ["10.0.0.0/8", "fd00::1", false],
    ["fd00:10::100/64", "fd00:10::ffff", true],
    ["fd00:10::100/64", "fd00:10:0:1::1", false],
    ["0.0.0.0/0", "255.255.255.255", true],
    ["192.168.10.1/32", "192.168.10.1", true],
  ])("%s holds %s: %s", (prefix, address, expected) => {
    const parsed = parsePrefix(prefix);
    const candidate = parseAddress(address);
    expect(parsed && candidate && prefixContains(parsed, candidate)).toBe(expected);
  });

  it.each(["10.0.0.0/33", "10.0.0.0", "fd00::/129", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.0/ 8"])(
    "refuses %s",
    (text) => {
      expect(parsePrefix(text)).toBeUndefined();
    },
  );

  it("overlap in both directions", () => {
    const [wide, narrow, other] = ["10.0.0.0/8", "10.1.0.0/16", "11.0.0.0/8"].map((text) => parsePrefix(text)!);
    expect(prefixesOverlap(wide!, narrow!)).toBe(true);
    expect(prefixesOverlap(narrow!, wide!)).toBe(true);
    expect(prefixesOverlap(wide!, other!)).toBe(false);
  });

  it("compare as numbers", () => {
    expect(addressNumber(parseAddress("fd00::1:0")!)).toBe(0xfd00_0000_0000_0000_0000_0000_0001_0000n);
    expect(addressNumber(parseAddress("::")!)).toBe(0n);
    expect(addressNumber(parseAddress("1.2.3.4")!)).toBe(0x0102_0304n);
  });
});

describe("unusableReason", () => {
  it.each([
    ["0.0.0.0", "means every address of the machine"],
    ["127.0.0.1", "is a loopback address"],
    ["169.254.1.1", "is a link-local address"],
    ["224.0.0.18", "is a multicast address"],
    ["fe80::1", "is a link-local address"],
    ["::1", "is the loopback address"],
    ["192.168.1.1", undefined],
    ["fd00::1", undefined],
  ])("%s %s", (text, reason) => {
    expect(unusableReason(parseAddress(text)!)).toBe(reason);
  });
});
