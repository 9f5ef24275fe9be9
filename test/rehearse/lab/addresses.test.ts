import { expect, it } from "vitest";

import { canonical, freeAddress, neighboursOf, withLength } from "../../../src/rehearse/lab/addresses.ts";

it("takes the last address of a network that nobody has", () => {
  const taken = new Set(["192.0.2.254", "192.0.2.253"]);
  expect(freeAddress("192.0.2.10", taken)).toBe("192.0.2.252");
  expect(freeAddress("192.0.2.10", taken)).toBe("192.0.2.251");
  expect(freeAddress("2001:db8::10", taken)).toBe("2001:db8::fffe");
  expect(freeAddress("2001:db8:1:2:3::10", taken)).toBe("2001:db8:1:2::fffe");
});

it("tells which addresses need a route of their own", () => {
  const all = ["192.0.2.11", "198.51.100.7", "2001:db8::1", "2001:db8:9::1"];
  expect(neighboursOf(["192.0.2.11"], all)).toEqual(["198.51.100.7"]);
  expect(neighboursOf(["192.0.2.11", "2001:db8::2"], all)).toEqual(["198.51.100.7", "2001:db8:9::1"]);
});

it("writes addresses as the kernel does", () => {
  expect(canonical("2001:0DB8:0:0::0001")).toBe("2001:db8::1");
  expect(canonical("192.0.2.1")).toBe("192.0.2.1");
  expect(withLength("192.0.2.1")).toBe("192.0.2.1/24");
  expect(withLength("2001:db8::1")).toBe("2001:db8::1/64");
});
