import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, expect, test, vi } from "vitest";

import { mentionPattern, mentions } from "../../src/checks/mentions.ts";
import { versionCommands } from "../../src/checks/program-version.ts";
import { problemCall, variable, word } from "../../src/checks/shell.ts";
import { parseInterfaces } from "../../src/observe/addresses.ts";
import { parseListeners } from "../../src/observe/listeners.ts";
import { observeManifests } from "../../src/observe/manifests.ts";
import { collectFacts } from "../../src/observe/node-facts.ts";
import { address, cluster } from "../components/cluster.ts";
import { temporaryDirectory } from "../support/temporary.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

// iproute2 6.1 in a network namespace.
const ipJson = `[{"ifindex":1,"ifname":"lo","flags":["LOOPBACK","UP","LOWER_UP"],"mtu":65536,"qdisc":"noqueue","operstate":"UNKNOWN","group":"default","txqlen":1000,"link_type":"loopback","address":"00:00:00:00:00:00","broadcast":"00:00:00:00:00:00","addr_info":[{"family":"inet","local":"127.0.0.1","prefixlen":8,"scope":"host","label":"lo","valid_life_time":4294967295,"preferred_life_time":4294967295},{"family":"inet6","local":"::1","prefixlen":128,"scope":"host","valid_life_time":4294967295,"preferred_life_time":4294967295}]},{"ifindex":2,"link":"veth1","ifname":"veth2","flags":["BROADCAST","MULTICAST"],"mtu":1500,"qdisc":"noop","operstate":"DOWN","group":"default","txqlen":1000,"link_type":"ether","address":"f6:9a:bd:f1:7c:6a","broadcast":"ff:ff:ff:ff:ff:ff","addr_info":[]},{"ifindex":3,"link":"veth2","ifname":"veth1","flags":["NO-CARRIER","BROADCAST","MULTICAST","UP","M-DOWN"],"mtu":1500,"qdisc":"noqueue","operstate":"LOWERLAYERDOWN","group":"default","txqlen":1000,"link_type":"ether","address":"3e:2b:c4:8b:f2:dc","broadcast":"ff:ff:ff:ff:ff:ff","addr_info":[{"family":"inet","local":"10.0.0.1","address":"10.0.0.2","prefixlen":32,"scope":"global","label":"veth1","valid_life_time":4294967295,"preferred_life_time":4294967295}]}]`;

test("ip -j addr", () => {
  expect(parseInterfaces(ipJson)).toEqual({
    interfaces: [
      { name: "lo", up: true },
      { name: "veth2", up: false },
      { name: "veth1", up: false },
    ],
    addresses: [
      { interface: "lo", address: "127.0.0.1", prefixLength: 8, global: false },
      { interface: "lo", address: "::1", prefixLength: 128, global: false },
      { interface: "veth1", address: "10.0.0.1", prefixLength: 32, global: true },
    ],
  });
  for (const text of ["", "[", "null", "[null, 1, {}]", '{"ifname": "eth0"}'])
    expect(parseInterfaces(text)).toEqual({ interfaces: [], addresses: [] });
});

// iproute2 6.1 with one socket of each kind, and older forms.
const sockets = `LISTEN 0      128             127.0.0.1:8405 0.0.0.0:*
LISTEN 0      128               0.0.0.0:8443 0.0.0.0:*
LISTEN 0      4096        127.0.0.53%lo:53   0.0.0.0:*
LISTEN 0      128    [::ffff:127.0.0.1]:8406       *:*
LISTEN 0      128                  [::]:8443    [::]:*
LISTEN 0      128                     *:9000       *:*
LISTEN 0      128                 [::1]:8405    [::]:*
LISTEN 0      128        [fe80::1]%eth0:546     [::]:*
LISTEN 0      128                   :::22         :::*
`;

test("ss -ltnH", () => {
  expect(parseListeners(sockets).map(({ address, port }) => `${address} ${port}`)).toEqual([
    "127.0.0.1 8405",
    "0.0.0.0 8443",
    "127.0.0.53 53",
    "::ffff:127.0.0.1 8406",
    ":: 8443",
    "* 9000",
    "::1 8405",
    "fe80::1 546",
    ":: 22",
  ]);
  expect(parseListeners("")).toEqual([]);
  expect(parseListeners("Cannot open netlink socket: Protocol not supported\n")).toEqual([]);
});

test("where no program answers, nothing is known", () => {
  const machine = temporaryDirectory();
  for (const name of ["ip", "ss", "systemctl", "kubeadm", "kubelet", "containerd"])
    writeFileSync(join(machine, name), "#!/bin/sh\nexit 127\n", { mode: 0o755 });
  vi.stubEnv("PATH", machine);
  expect(collectFacts({ root: `${machine}/`, spec: cluster(), machine })).toMatchObject({
    otherRoot: true,
    addresses: [],
    interfaces: [],
    listeners: [],
    activeUnits: [],
    member: false,
    prepared: false,
    manifests: [],
    etcdData: false,
    cgroupVersion: undefined,
    versions: Object.fromEntries(Object.keys(versionCommands).map((name) => [name, undefined])),
    selinux: undefined,
    selinuxBooleansOff: [],
    appArmorProfiles: [],
  });
});

test("this machine can be looked at", () => {
  const facts = collectFacts({ root: "/", spec: cluster() });
  expect(facts.otherRoot).toBe(false);
  expect(facts.privileged).toBe(process.geteuid?.() === 0);
});

test("what is no file among the static pods is not read, and neither is the end of a long one", () => {
  const root = temporaryDirectory();
  const directory = join(root, "etc/kubernetes/manifests");
  mkdirSync(join(directory, "folder"), { recursive: true });
  execFileSync("mkfifo", [join(directory, "fifo")]);
  writeFileSync(join(directory, "long"), `${"#".repeat(1024 * 1024)} 192.168.10.100`);
  writeFileSync(join(directory, "vip"), "192.168.10.100");
  const found = observeManifests(root, [address("192.168.10.100")]);
  expect(found.map(({ name, namesVirtualIP }) => `${name} ${namesVirtualIP}`)).toEqual([
    "fifo false",
    "folder false",
    "long false",
    "vip true",
  ]);
});

test.each([
  ["192.168.10.100", "192.168.10.100", true],
  ["192.168.10.100", "a\n192.168.10.100/32", true],
  ["192.168.10.100", '"192.168.10.100"', true],
  ["192.168.10.100", "192.168.10.1001", false],
  ["192.168.10.100", "2192.168.10.100", false],
  ["192.168.10.100", "192x168.10.100", false],
  ["fd00::100", "[fd00::100]:6443", true],
  ["fd00::100", "fd00::100,", true],
  ["fd00::100", "fd00::1001", false],
  ["fd00::100", "fd00::100:1", false],
  ["fd00::100", "afd00::100", false],
])("whether %s stands in %j: %s", (vip, text, expected) => {
  expect(mentions(text, address(vip))).toBe(expected);
  const script = `case " $1 " in ${mentionPattern(address(vip))}) printf true ;; *) printf false ;; esac`;
  expect(execFileSync("sh", ["-c", script, "sh", text], { encoding: "utf8" })).toBe(String(expected));
});

test("a text keeps its bytes in the shell", () => {
  const text = "a \"b\" 'c' $d `e` \\ \\$f $(g) !h *";
  expect(execFileSync("sh", ["-c", `x=1; printf %s ${word(`${text} ${variable("x")}0`)}`], { encoding: "utf8" })).toBe(
    `${text} 10`,
  );
  expect(problemCall({ severity: "error", name: "A", message: variable("x") })).toBe('problem error "A" "${x}"');
});
