import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import type { V1Pod } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";

import { runBuilt } from "../support/built.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { startKubeletPod } from "./lab/kubelet-pod.ts";
import { createNetwork, type Network } from "./lab/network.ts";
import { startNode } from "./lab/node.ts";
import { createParts } from "./lab/parts.ts";
import { type Router, startRouter } from "./lab/router.ts";
import { createSpace, mustRun, write } from "./lab/space.ts";
import { eventually } from "./lab/wait.ts";
import { oracle, requireSystem } from "./support/programs.ts";

const page = readFileSync("docs/kube-vip.md", "utf8");
const password = "with:colon,comma/slash";
const router = { address: "192.168.10.1", as: 65_001 };
const virtualIP = "192.168.99.100";
const nodes = [
  { name: "cp1", address: "192.168.10.11" },
  { name: "cp2", address: "192.168.10.12" },
] as const;

const text = `apiVersion: kubeadm-ha.io/v1alpha1
kind: HAConfiguration
kubernetesVersion: v1.34.10
virtualIP: {provider: kube-vip, addresses: [${virtualIP}], interface: eth0}
kubeVip: {mode: bgp, bgp: {healthCheck: false, peers: [{address: ${router.address}, as: ${router.as}}]}}
nodes:
${nodes.map(({ name, address }) => `- {name: ${name}, addresses: [${address}]}\n`).join("")}`;

// Without an API server, as nobody asks for its health: the route is announced with the session.
describe("BGP sessions with a password, as docs/kube-vip.md shows", () => {
  const { keep, stop } = createParts();
  let network: Network;
  let bgp: Router;
  let unsigned: () => Promise<string>;
  let routes: () => Promise<string>;

  beforeAll(async () => {
    requireSystem();
    network = keep(await createNetwork());
    const outside = keep(await createSpace("router"));
    await network.connect(outside, { interface: "eth0", addresses: [`${router.address}/24`] });
    const neighbours = nodes.map(({ address }) => ({ address, as: 65_000, password }));
    bgp = await startRouter(outside, { ...router, neighbours });
    unsigned = () => mustRun(outside, ["nstat", "-a", "-s", "-z", "TcpExtTCPMD5NotFound"]).then(lastLine);
    routes = () => mustRun(outside, ["ip", "route", "show", virtualIP]);
  });
  afterAll(stop);

  it("are established by the node that has it, and by no other", async () => {
    const [first, second] = nodes;
    for (const [index, { name, address }] of nodes.entries()) {
      const port = { interface: "eth0", addresses: [`${address}/24`] };
      const node = keep(await startNode({ name, port, files: [] }, network));
      // What kube-vip reads at its start; with BGP it asks nothing of the API.
      for (const file of ["admin.conf", "super-admin.conf"])
        write(node.space, { path: `/etc/kubernetes/${file}`, text: kubeconfig, mode: 0o600 });
      write(node.space, { path: "/etc/kubernetes/kube-vip-peers.yaml", text: peersFile, mode: 0o600 });
      // The second node has no patch, and so no password.
      const { metadata, spec } = parse(manifest(name, index === 0)) as Required<V1Pod>;
      await startKubeletPod(
        node,
        { metadata, spec },
        { name: "kube-vip", program: oracle("kube-vip-v1.2.1"), address, apiServerPort: 6443 },
      );
    }
    await eventually(
      "a route through cp1",
      60,
      async () => (await routes()).includes(`via ${first.address} `) || undefined,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${bgp.log().slice(-4000)}`);
    });
    // The kernel counts segments without a signature where one is asked for, and drops them.
    await eventually("cp2 has tried", 60, async () => Number((await unsigned()).split(/\s+/)[1]) > 0 || undefined);
    expect(await bgp.established()).toEqual([first.address]);
    expect(await routes()).not.toContain(second.address);
  });

  it("stand in no manifest", () => {
    expect(manifest("cp1", true)).not.toContain(password);
  });
});

function lastLine(text: string): string {
  return text.trimEnd().split("\n").at(-1) ?? "";
}

const peersFile = block("kube-vip-peers.yaml").replace("router's password", password);

const kubeconfig = `apiVersion: v1
kind: Config
clusters: [{name: kubernetes, cluster: {server: "https://${virtualIP}:6443"}}]
contexts: [{name: admin, context: {cluster: kubernetes, user: admin}}]
current-context: admin
users: [{name: admin, user: {token: none}}]
`;

/** What is rendered for a node, with the patch of the documentation or without. */
function manifest(node: string, patched: boolean): string {
  const directory = temporaryDirectory();
  mkdirSync(path.join(directory, "patches"));
  writeFileSync(path.join(directory, "ha.yaml"), text);
  if (patched) writeFileSync(path.join(directory, "patches/kube-vip.yaml"), block("patches/kube-vip.yaml"));
  const places = ["--config", path.join(directory, "ha.yaml"), "--patches", path.join(directory, "patches")];
  const { code, err } = runBuilt(["render", ...places, "-o", path.join(directory, "out")]);
  if (code !== 0) throw new Error(err);
  return readFileSync(path.join(directory, "out", node, "etc/kubernetes/manifests/kube-vip.yaml"), "utf8");
}

/** The text of a file in the documentation: a block that names it in its first line. */
function block(name: string): string {
  const found = page.split("```").find((part) => part.startsWith(`yaml\n# ${name}`));
  if (found === undefined) throw new Error(`docs/kube-vip.md has no block ${name}`);
  return found.slice("yaml\n".length);
}
