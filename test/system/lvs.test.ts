import { existsSync } from "node:fs";

import { afterAll, beforeAll, expect, it } from "vitest";

import { type Member, makeCertificates, startMember } from "./lab/member.ts";
import { createNetwork } from "./lab/network.ts";
import { type Node, startNode } from "./lab/node.ts";
import { collect, signal } from "./lab/process.ts";
import { type Client, startClient } from "./lab/probe.ts";
import { mustRun, run, start } from "./lab/space.ts";
import { eventually } from "./lab/wait.ts";
import { oracle, requireSystem } from "./support/programs.ts";
import { fileText, render } from "./support/render.ts";

// LVS by direct routing. What the members do can be seen anywhere; connections only where the kernel has IPVS.
const virtualIP = "192.168.10.100";
const text = `apiVersion: kubeadm-ha.io/v1alpha1
kind: HAConfiguration
kubernetesVersion: v1.36.3
virtualIP: {provider: keepalived, addresses: [${virtualIP}], interface: eth0}
loadBalancer: {provider: lvs}
nodes:
- {name: lb1, addresses: [192.168.10.31], role: load-balancer}
- {name: lb2, addresses: [192.168.10.32], role: load-balancer}
- {name: cp1, addresses: [192.168.10.11]}
- {name: cp2, addresses: [192.168.10.12]}
`;
const rendered = render({ name: "lvs", text, kubeadm: () => undefined });
const parts: { stop(): Promise<void> }[] = [];
const machines: Record<string, Node> = {};
let client: Client;

beforeAll(async () => {
  requireSystem();
  const network = await createNetwork();
  parts.unshift(network);
  for (const { node, files } of rendered.nodes) {
    const addresses = node.addresses.map((address) => `${address.text}/24`);
    const machine = await startNode({ name: node.name, port: { interface: "eth0", addresses }, files }, network);
    parts.unshift(machine);
    machines[node.name] = machine;
  }
  const ca = await makeCertificates([machine("cp1"), machine("cp2")], oracle("kubeadm-v1.36.3"));
  client = await startClient(network, { port: { interface: "eth0", addresses: ["192.168.10.250/24"] }, ca, names: {} });
  parts.unshift(client);
});

afterAll(() => Promise.all(parts.map((part) => part.stop())));

it("a member has the address on lo while its API server is ready, and not before or long after", async () => {
  const node = machine("cp1");
  await settings(node);
  const service = startUnit(node, "lvs-member");
  // Before the join nobody answers here.
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect(await onLoopback(node)).toBe(false);
  const server = await startMember(node, 6443);
  await eventually("the address comes", 20, async () => (await onLoopback(node)) || undefined);
  // No other machine hears of it: the network would have two owners.
  const asked = await run(client.space, ["ping", "-c", "1", "-W", "1", virtualIP]);
  expect(asked.status).not.toBe(0);
  server.kill();
  await eventually("the address goes", 40, async () => !(await onLoopback(node)) || undefined);
  const again = await startMember(node, 6443);
  await eventually("the address comes back", 20, async () => (await onLoopback(node)) || undefined);
  signal(service, 1, "SIGTERM");
  await eventually("it goes with the service", 20, async () => !(await onLoopback(node)) || undefined);
  again.kill();
});

// The one test that may skip: the kernel of a container's host need not have IPVS.
it.skipIf(!existsSync("/proc/net/ip_vs"))(
  "clients reach the API servers, and the living one when one dies",
  async () => {
    const servers: Record<string, Member> = {};
    for (const name of ["cp1", "cp2"]) {
      await settings(machine(name));
      servers[name] = await startMember(machine(name), 6443);
      startUnit(machine(name), "lvs-member");
    }
    for (const name of ["lb1", "lb2"]) startUnit(machine(name), "keepalived");
    const url = `https://${virtualIP}:6443/version`;
    await client.untilAnswered(url, 30);
    await eventually("both answer", 30, async () => {
      const answers = await client.askTimes(url, 8);
      return new Set(answers.map(({ member }) => member)).size === 2 || undefined;
    });
    servers["cp1"]?.kill();
    await eventually("only the living one is asked", 30, async () => {
      const answers = await client.askTimes(url, 8);
      return answers.every(({ member }) => member === "cp2") || undefined;
    });
  },
);

function machine(name: string): Node {
  const found = machines[name];
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

/** What systemd-sysctl, or the unit's first line, does. */
async function settings({ space }: Node): Promise<void> {
  await mustRun(space, [
    "sh",
    "-c",
    'sed -n \'s/^\\([a-z0-9._]*\\) = \\(.*\\)/\\1 \\2/p\' /etc/sysctl.d/90-kubeadm-ha.conf | while read -r name value; do echo "$value" >/proc/sys/$(echo "$name" | tr . /); done',
  ]);
}

/** A unit's ExecStart. */
function startUnit({ name, space }: Node, unit: string) {
  const node = rendered.nodes.find((one) => one.node.name === name);
  const lines = node === undefined ? "" : (fileText(node, `/etc/systemd/system/kubeadm-ha-${unit}.service`) ?? "");
  const [, command = ""] = /^ExecStart=(.*)$/m.exec(lines) ?? [];
  const child = start(space, ["sh", "-c", `mkdir -p /run/kubeadm-ha; exec ${command}`]);
  collect(child);
  return child;
}

async function onLoopback({ space }: Node): Promise<boolean> {
  return (await mustRun(space, ["ip", "-oneline", "addr", "show", "dev", "lo"])).includes(`${virtualIP}/32`);
}
