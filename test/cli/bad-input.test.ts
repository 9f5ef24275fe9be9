import { describe, expect, test } from "vitest";

import { changed, kubeVipOnly, ordinary } from "../support/configurations.ts";
import { linesOf, runOn } from "../support/io.ts";
import { expectRefused } from "../support/refused.ts";

const endpoint = (text: string): string => changed("virtualIP:\n", `controlPlaneEndpoint: "${text}"\nvirtualIP:\n`);
const lease = (duration: number, deadline: number, period: number): string =>
  `${kubeVipOnly}kubeVip: {leaseDuration: ${duration}s, renewDeadline: ${deadline}s, retryPeriod: ${period}s}\n`;
const here = "ha.yaml:4:23 controlPlaneEndpoint: error:";

/** What was written, the first line about the error, and what mends it. */
const rows: readonly (readonly [name: string, file: string, line: string, fix: string])[] = [
  [
    "a virtual IP that is a node's address",
    changed("192.168.10.100", "192.168.10.12"),
    "ha.yaml:6:15 virtualIP.addresses[0]: error: 192.168.10.12 is also the address of node cp2 [vip-is-node-address]",
    "choose a free address of the same network",
  ],
  [
    "a name twice",
    changed("name: cp2", "name: cp1"),
    "ha.yaml:12:10 nodes[1].name: error: cp1 is already the name of nodes[0] [duplicate-node]",
    "give each node a name of its own",
  ],
  [
    "an address twice",
    changed("192.168.10.12", "192.168.10.11"),
    "ha.yaml:12:27 nodes[1].addresses[0]: error: 192.168.10.11 is already the address of cp1 [duplicate-node]",
    "give each node an address of its own",
  ],
  [
    "the balancer's port that is the API server's",
    changed("provider: haproxy\n", "provider: haproxy\n  port: 6443\n"),
    "ha.yaml:10:9 loadBalancer.port: error: 6443 is also the API server's port on the same hosts ([ERROR Port-6443] in kubeadm's preflight) [port-clash]",
    "use 8443 here, with redirectFrom: 6443 if clients expect that port, or move the API servers: --apiserver-bind-port 9443; the endpoint's port must be the same",
  ],
  [
    "an IPv6 endpoint whose port has no brackets before it",
    endpoint("fd00::10:6443"),
    `${here} "fd00::10:6443" would be read as the IPv6 address fd00::10:6443 [endpoint]`,
    "write [fd00::10]:6443",
  ],
  [
    "brackets without a port",
    endpoint("[fd00::10]"),
    `${here} "[fd00::10]" has brackets but no port, which kubeadm refuses [endpoint]`,
    "write [fd00::10]:6443 or fd00::10",
  ],
  ["a scheme", endpoint("https://vip:6443"), `${here} "https://vip:6443" has a scheme [endpoint]`, "write vip:6443"],
  [
    "an underscore in a host name",
    endpoint("VIP_A:6443"),
    `${here} "VIP_A:6443" has the host "VIP_A", which is neither an IP address nor a DNS name of lower-case letters, digits, hyphens and dots [endpoint]`,
    "write an IP address or a DNS name in lower case, then :PORT",
  ],
  ["port 0", endpoint("vip:0"), `${here} "vip:0" has the port "0" [endpoint]`, "write a port from 1 to 65535"],
  [
    "port 65536",
    endpoint("vip:65536"),
    `${here} "vip:65536" has the port "65536" [endpoint]`,
    "write a port from 1 to 65535",
  ],
  [
    "a port without a host",
    endpoint(":6443"),
    `${here} ":6443" has no host [endpoint]`,
    "write an IP address or a DNS name in lower case, then :PORT",
  ],
  [
    "a Kubernetes below 1.28",
    changed("v1.36.3", "v1.27.9"),
    "ha.yaml:3:20 kubernetesVersion: error: v1.27.9 is older than v1.28 [kubernetes-supported]",
    "use v1.28 or newer",
  ],
  [
    "a label for a release",
    changed("v1.36.3", "stable-1"),
    'ha.yaml:3:20 kubernetesVersion: error: "stable-1" is not a release of Kubernetes [kubernetes-version]',
    "write a version such as v1.36.3; labels such as stable-1 need the network",
  ],
  [
    "a release that YAML reads as a number",
    changed("v1.36.3", "1.36"),
    "ha.yaml:3:20 kubernetesVersion: error: 1.36 is a number, not a text [value-type]",
    'write the whole release in quotes, such as "v1.36.3"',
  ],
  [
    "provider none",
    changed("provider: keepalived", "provider: none"),
    "ha.yaml:5:13 virtualIP.provider: error: none leaves clients with the address of a single node [virtual-ip-missing]",
    "use keepalived or kube-vip, loadBalancer.provider external, or workerProxy without a load balancer",
  ],
  ...["rke1", "rke2", "k3s"].map(
    (name) =>
      [
        `keepalived on ${name}`,
        `${ordinary}distribution: ${name}\n`,
        `ha.yaml:5:13 virtualIP.provider: error: keepalived is not set up on ${name}: its check needs kubeadm's files [distribution]`,
        "use kube-vip",
      ] as const,
  ),
  [
    "lease 5/5/1",
    lease(5, 5, 1),
    "ha.yaml:12:26 kubeVip.leaseDuration: error: leaseDuration 5s is not longer than renewDeadline 5s [lease-order]",
    "use 15s, 10s, 2s or leave all three out",
  ],
  [
    "lease 15/10/9",
    lease(15, 10, 9),
    "ha.yaml:12:46 kubeVip.renewDeadline: error: renewDeadline 10s is not longer than 1.2 × retryPeriod 9s [lease-order]",
    "use 15s, 10s, 2s or leave all three out",
  ],
  [
    "lease 3/3/1",
    lease(3, 3, 1),
    "ha.yaml:12:26 kubeVip.leaseDuration: error: leaseDuration 3s is not longer than renewDeadline 3s [lease-order]",
    "use 15s, 10s, 2s or leave all three out",
  ],
  [
    "kube-vip v1.2.2",
    `${kubeVipOnly}images: {kubeVip: "ghcr.io/kube-vip/kube-vip:v1.2.2"}\n`,
    "ha.yaml:12:19 images.kubeVip: error: ghcr.io/kube-vip/kube-vip:v1.2.2 cannot bring up a control plane's virtual IP [kube-vip-image]",
    "use v1.2.1 or v1.2.3",
  ],
  [
    "keepalived without an interface",
    changed("  interface: eth0\n", ""),
    "ha.yaml:5:3 virtualIP.interface: error: no network interface is given for cp1, cp2, cp3 [interface-missing]",
    "write virtualIP.interface, nodes[].interface or --interface",
  ],
  [
    "a worker without an address",
    `${ordinary}- {name: w1, addresses: [], role: worker}\n`,
    "ha.yaml:14:25 nodes[3].addresses: error: w1 has no address [address-families]",
    "add the node's address",
  ],
  [
    "an unknown key",
    changed("provider: haproxy", "providr: haproxy"),
    'ha.yaml:9:3 loadBalancer.providr: error: "providr" is no key of loadBalancer [unknown-key]',
    "did you mean provider?",
  ],
  [
    "a word that is not known",
    changed("provider: haproxy", "provider: haproxi"),
    'ha.yaml:9:13 loadBalancer.provider: error: "haproxi" is not one of haproxy, nginx, lvs, external, none [value-type]',
    "did you mean haproxy?",
  ],
  [
    "a second document of ours",
    `${ordinary}---\n${ordinary}`,
    "ha.yaml:15:1 (file): error: a second HAConfiguration [duplicate-document]",
    "keep one",
  ],
];

describe("bad input: exit code 2, place, rule and remedy on stderr, nothing on stdout", () => {
  test.each(rows)("%s", async (_, file, line, fix) => {
    await expectRefused(file, { line, fix });
  });

  test.each(rows.filter(([name]) => !name.startsWith("keepalived without")))(
    "validate says the same on stdout and ends with 1: %s",
    async (_, file, line) => {
      const { code, out } = await runOn(file, "validate", "ha.yaml");
      expect(code).toBe(1);
      expect(linesOf(out).find((text) => text.includes(": error: "))).toBe(line);
    },
  );

  test.each([
    ["-o", "/nonexistent-directory/out"],
    ["--format", "json"],
    ["--node", "cp1"],
  ])("nothing is written or printed with %s %s either", async (...flags) => {
    expect(await runOn(changed("192.168.10.100", "192.168.10.12"), "render", ...flags)).toMatchObject({
      code: 2,
      out: "",
    });
  });
});

test("ten problems are told at once, in the order of their lines", async () => {
  const file = `apiVersion: kubeadm-ha.io/v1alpha2
kind: HAConfiguration
kubernetesVersion: 1.36
controlPlaneEndpoint: https://vip:6443
virtualIP:
  provider: keepalivd
  addresses: [192.168.10.300]
  interface: "eth0; reboot"
loadBalancer:
  port: 70000
failover: quick
nodes:
- {name: CP1, addresses: [192.168.10.11]}
- {name: cp2}
colour: blue
haproxy: {fall: two}
`;
  const { code, out, err } = await runOn(file, "render");
  expect({ code, out }).toEqual({ code: 2, out: "" });
  const places = linesOf(err).flatMap((line) => /^ha\.yaml:(\d+):\d+ (\S+): error: /.exec(line)?.slice(1) ?? []);
  const numbers = places.filter((_, index) => index % 2 === 0).map(Number);
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  for (const key of [
    "apiVersion",
    "kubernetesVersion",
    "controlPlaneEndpoint",
    "virtualIP.provider",
    "virtualIP.addresses[0]",
    "virtualIP.interface",
    "loadBalancer.port",
    "failover",
    "nodes[0].name",
    "nodes[1].addresses",
    "colour",
    "haproxy.fall",
  ])
    expect(places, key).toContain(key);
});

test("what follows from a value that is already told as wrong is not told as well", async () => {
  for (const file of [
    changed("provider: keepalived", "provider: none"),
    changed("provider: keepalived", "provider: keepalivd"),
    changed("  provider: keepalived\n", ""),
  ]) {
    const { err } = await runOn(file, "render");
    expect(linesOf(err).filter((line) => / (error|warning): /.test(line))).toHaveLength(1);
  }
});

test("of a file that is not YAML only that is told", async () => {
  const { err } = await runOn(`${ordinary}certSANs: [\n`, "render");
  expect(linesOf(err).filter((line) => / (error|warning): /.test(line))).toHaveLength(1);
});
