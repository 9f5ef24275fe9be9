import { describe, expect, test } from "vitest";

import { changed, ordinary } from "../support/configurations.ts";
import { linesOf, runOn } from "../support/io.ts";

/** What was written, the first line about the error, and what mends it. */
const rows: readonly (readonly [name: string, file: string, line: string, fix: string])[] = [
  [
    "settings of nginx beside haproxy",
    `${ordinary}nginx: {maxFails: 1}\n`,
    "ha.yaml:14:19 nginx.maxFails: error: has no effect: loadBalancer.provider is haproxy [balancer-keys]",
    "remove the key, or use loadBalancer.provider nginx",
  ],
  [
    "active checks beside nginx",
    `${changed("provider: haproxy", "provider: nginx")}haproxy: {checkInterval: 1s}\n`,
    "ha.yaml:14:26 haproxy.checkInterval: error: has no effect: loadBalancer.provider is nginx, which has no active checks [balancer-keys]",
    "remove the key, or use loadBalancer.provider haproxy",
  ],
];

describe("programs and places that do not fit: exit code 2, place, rule and remedy", () => {
  test.each(rows)("%s", async (_, file, line, fix) => {
    const { code, out, err } = await runOn(file, "render");
    expect({ code, printed: out.length }).toEqual({ code: 2, printed: 0 });
    expect(linesOf(err).find((text) => text.includes(": error: "))).toBe(line);
    const after = linesOf(err).slice(linesOf(err).indexOf(line) + 1);
    expect(after.find((text) => text.startsWith("    fix: "))).toBe(`    fix: ${fix}`);
  });
});
