import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import type { EndpointFacts, InterfaceAddress, NodeFacts } from "../../src/checks/facts.ts";
import { parsePrefix, prefixContains } from "../../src/net/address.ts";
import { address } from "../components/cluster.ts";

/** What a fake machine is made of. */
export interface FakeMachine {
  /** Where its programs are: no others are found. */
  readonly bin: string;
  /** Stands for "/" where the files of a node are, and where the kernel is asked. */
  readonly root: string;
}

/** Programs and files that show these facts: `ip`, `ss` and the others print as the real ones do. */
export function fakeMachine(directory: string, facts: NodeFacts): FakeMachine {
  const bin = join(directory, "bin");
  const root = join(directory, "root");
  mkdirSync(bin);
  for (const [tool, path] of coreutils) symlinkSync(path, join(bin, tool));
  program(bin, "id", { "-u": facts.privileged ? "0\n" : "1000\n" });
  program(bin, "ip", ipAnswers(facts));
  program(bin, "ss", { "-ltnH": facts.listeners.map(socketLine).join("") });
  program(bin, "systemctl", Object.fromEntries(facts.activeUnits.map((unit) => [`is-active --quiet ${unit}`, ""])));
  for (const name of facts.programs) program(bin, name, {});
  const { kubeadm, kubelet, containerd, keepalived, haproxy, nginx } = facts.versions;
  if (kubeadm !== undefined) program(bin, "kubeadm", { "version -o short": `${kubeadm}\n` });
  if (kubelet !== undefined) program(bin, "kubelet", { "--version": `Kubernetes ${kubelet}\n` });
  if (containerd !== undefined)
    program(bin, "containerd", {
      "--version": `containerd github.com/containerd/containerd/v2 ${containerd} 75cb2b7\n`,
    });
  // Of the daemons these two print to stderr.
  if (keepalived !== undefined)
    program(bin, "keepalived", { "-v": `Keepalived ${keepalived} (01/16,2022)\n` }, "stderr");
  if (haproxy !== undefined)
    program(bin, "haproxy", { "-v": `HAProxy version ${haproxy} 2026/04/01 - https://haproxy.org/\n` });
  if (nginx !== undefined) program(bin, "nginx", { "-v": `nginx version: nginx/${nginx} (Ubuntu)\n` }, "stderr");
  if (facts.endpoint !== undefined) endpointPrograms(bin, facts.endpoint);
  writeTree(root, facts);
  return { bin, root };
}

const coreutils = ["cat", "head", "ls", "sort", "timeout", "tr"].map(
  (tool) => [tool, execFileSync("sh", ["-c", `command -v ${tool}`], { encoding: "utf8" }).trim()] as const,
);

function writeTree(root: string, facts: NodeFacts): void {
  const manifests = "/etc/kubernetes/manifests";
  mkdirSync(join(root, manifests), { recursive: true });
  for (const { name, namesVirtualIP } of facts.manifests)
    writeFileSync(
      Buffer.from(`${root}${manifests}/${name}`, "latin1"),
      namesVirtualIP
        ? Buffer.from('# \xff\n- {name: vip, value: "192.168.10.100"}\n', "latin1")
        : "# 192.168.10.10\n# 192.168.10.1001\n",
    );
  mkdirSync(join(root, "var/lib/etcd"), { recursive: true });
  if (facts.etcdData) mkdirSync(join(root, "var/lib/etcd/member"));
  if (facts.cgroupVersion === 1) mkdirSync(join(root, "sys/fs/cgroup/memory"), { recursive: true });
  const own = facts.manifests
    .filter(({ ours }) => ours)
    .map(({ name }) => `    {"path": "${manifests}/${name}", "mode": "0600"}`);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  if (facts.member) write("etc/kubernetes/kubelet.conf", "");
  if (facts.prepared) write("etc/kubeadm-ha/state.json", `{\n  "files": [\n${own.join(",\n")}\n  ]\n}\n`);
  if (facts.cgroupVersion === 2) write("sys/fs/cgroup/cgroup.controllers", "cpu memory\n");
  // The kernel ends this file without a line feed.
  if (facts.selinux !== undefined) write("sys/fs/selinux/enforce", facts.selinux === "enforcing" ? "1" : "0");
  for (const [name, text] of Object.entries(facts.firmware))
    if (text !== "") write(`sys/class/dmi/id/${name}`, `${text}\n`);
  for (const name of facts.selinuxBooleansOff) write(`sys/fs/selinux/booleans/${name}`, "0 0");
  const profiles = ["/usr/bin/man (enforce)", ...facts.appArmorProfiles.map((name) => `/usr/sbin/${name} (enforce)`)];
  write("sys/kernel/security/apparmor/profiles", `${[...profiles, "nginx (complain)"].join("\n")}\n`);
}

/** A program that answers these arguments and fails on all others, as the real one does without the device or unit. */
function program(
  bin: string,
  name: string,
  ...[answers, stream]: readonly [answers: Readonly<Record<string, string>>, stream?: "stderr"]
): void {
  const to = stream === undefined ? "" : " >&2";
  const branches = Object.entries(answers).map(([words, text]) => `'${words}') printf %s '${text}'${to} ;;\n`);
  writeFileSync(join(bin, name), `#!/bin/sh\ncase "$*" in\n${branches.join("")}*) exit 1 ;;\nesac\n`, { mode: 0o755 });
}

/** The first requests of each round get no answer. */
function endpointPrograms(bin: string, { resolves, requests }: EndpointFacts): void {
  if (resolves !== undefined) program(bin, "getent", resolves ? { "hosts api.example.com": "" } : {});
  if (requests === undefined) return;
  const count = join(bin, "requests");
  writeFileSync(count, "0");
  const { made, unanswered } = requests;
  const script = [
    `n=$(cat '${count}')`,
    `echo $((n + 1)) >'${count}'`,
    `[ $((n % ${made})) -ge ${unanswered} ] && [ "$*" = '${requestWords}' ]`,
  ];
  writeFileSync(join(bin, "curl"), ["#!/bin/sh", ...script, ""].join("\n"), { mode: 0o755 });
}

const requestWords =
  "--noproxy * --insecure --silent --output /dev/null --max-time 3 https://api.example.com:6443/livez";

function ipAnswers({ interfaces, addresses }: NodeFacts): Readonly<Record<string, string>> {
  const of = (name: string): readonly InterfaceAddress[] => addresses.filter((entry) => entry.interface === name);
  // Without its interface an address could not be listed.
  const names = [...new Set([...interfaces.map(({ name }) => name), ...addresses.map((entry) => entry.interface)])];
  const lines = (name: string, list = of(name)): string =>
    list.map((entry) => addressLine(entry, names.indexOf(name) + 1)).join("");
  const json = interfaces.map(({ name, up }) => ({
    ifname: name,
    flags: flags(up),
    addr_info: of(name).map(addressJson),
  }));
  return {
    "-j addr": `${JSON.stringify(json)}\n`,
    "-o addr show": names.map((name) => lines(name)).join(""),
    ...Object.fromEntries(
      interfaces.flatMap(({ name, up }, index) => [
        [`-o link show dev ${name}`, linkLine(index + 1, name, flags(up))],
        [`-o addr show dev ${name}`, lines(name)],
        ...networks.map((network) => [
          `-o addr show dev ${name} to ${network}`,
          lines(name, of(name).filter(isIn(network))),
        ]),
      ]),
    ),
  };
}

/** Those of the cases: the fake `ip` can look for no others. */
const networks = ["192.168.10.100/24", "192.168.10.100/28", "fd00::100/64"];

function isIn(network: string): (entry: InterfaceAddress) => boolean {
  const prefix = parsePrefix(network);
  return (entry) => prefix !== undefined && prefixContains(prefix, address(entry.address));
}

function flags(up: boolean): readonly string[] {
  return up ? ["BROADCAST", "MULTICAST", "UP", "LOWER_UP"] : ["NO-CARRIER", "BROADCAST", "MULTICAST", "UP"];
}

function linkLine(index: number, name: string, flags: readonly string[]): string {
  return `${index}: ${name}@if7: <${flags.join(",")}> mtu 1500 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000\\    link/ether 02:fc:00:00:00:01 brd ff:ff:ff:ff:ff:ff\n`;
}

function addressJson({ address: local, prefixLength, global }: InterfaceAddress): object {
  const family = local.includes(":") ? "inet6" : "inet";
  return { family, local, prefixlen: prefixLength, scope: global ? "global" : "link", label: "eth0" };
}

function addressLine(
  { interface: name, address: local, prefixLength, global }: InterfaceAddress,
  index: number,
): string {
  // A prefix length of 31 stands for a point-to-point link here.
  const place = prefixLength === 31 ? `${local} peer 10.255.0.1/31` : `${local}/${prefixLength}`;
  const family = local.includes(":") ? `inet6 ${place}` : `inet ${place} brd 192.168.10.255`;
  return `${index}: ${name}    ${family} scope ${global ? "global" : "link"} ${name}\\       valid_lft forever preferred_lft forever\n`;
}

function socketLine({ address: local, port }: NodeFacts["listeners"][number], index: number): string {
  const host = local.includes(":") ? `[${local}]` : local;
  // A socket that is bound to an interface shows that.
  return `LISTEN 0      4096   ${host}${index === 1 ? "%eth0" : ""}:${port}   ${local.includes(":") ? "[::]:*" : "0.0.0.0:*"}\n`;
}
