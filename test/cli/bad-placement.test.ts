import { describe, expect, test } from "vitest";

import { changed, kubeVipOnly, ordinary } from "../support/configurations.ts";
import { linesOf, runOn } from "../support/io.ts";

const dedicated = (count: number): string =>
  ordinary +
  Array.from(
    { length: count },
    (_, index) => `- {name: lb${index}, addresses: [192.168.10.3${index}], role: load-balancer}\n`,
  ).join("");

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
  [
    "four load-balancer nodes",
    dedicated(4),
    "ha.yaml:14:49 nodes[3].role: error: 4 load-balancer nodes [load-balancer-nodes]",
    "use two or three",
  ],
  [
    "load-balancer nodes with nothing to run",
    dedicated(2).replace("provider: haproxy", "provider: none"),
    "ha.yaml:9:13 loadBalancer.provider: error: none leaves the load-balancer nodes with nothing to run [load-balancer-nodes]",
    "use haproxy or nginx",
  ],
  [
    "kube-vip as a service",
    `${kubeVipOnly}deployAs: systemd\n`,
    "ha.yaml:12:11 deployAs: error: kube-vip does not run as a service of systemd [host-placement]",
    "use static-pod, or virtualIP.provider keepalived",
  ],
  ...(
    [
      ["keepalived", "2.0.20", "check_unicast_src", "2.1.0"],
      ["haproxy", "2.2.9", "set-var in global", "2.4"],
    ] as const
  ).map(
    ([program, version, keyword, since]) =>
      [
        `${program} ${version} on the host`,
        `${ordinary}deployAs: systemd\nhost:\n  ${program}: ${version}\n`,
        `ha.yaml:16:${program.length + 5} host.${program}: error: ${program} ${version} does not know ${keyword} [host-versions]`,
        `install ${program} ${since} or later`,
      ] as const,
  ),
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

test("one load-balancer node is a warning, two are none", async () => {
  const warning = "warning: one load-balancer node: the API is gone with it [load-balancer-nodes]";
  expect((await runOn(dedicated(1), "render")).err).toContain(warning);
  const two = await runOn(dedicated(2), "render");
  expect(two.code).toBe(0);
  expect(two.err).not.toContain("[load-balancer-nodes]");
  expect(two.err).toContain("No ca.crt for lb0, lb1: --ca-cert brings it");
});
