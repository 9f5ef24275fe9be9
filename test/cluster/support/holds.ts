import { describe, expect, it } from "vitest";

import { readSetup } from "../../../scripts/cluster-lab/setup.ts";
import { valueAt } from "../../../src/config/kubeadm-documents.ts";
import { type ClusterSpec, controlPlaneNodes, isAgentNode } from "../../../src/config/spec.ts";
import { etcdctl } from "../../../scripts/cluster-lab/faults/etcd.ts";
import { type ClusterNode, mustShell } from "../../../scripts/cluster-lab/node.ts";
import { eventually } from "../../../src/rehearse/lab/wait.ts";
import { mustRun } from "../../../src/rehearse/lab/space.ts";
import { answers, ask, endpointHosts, oneHolder } from "./ask.ts";
import { type ClusterCase, testedVersion } from "./case.ts";
import { type Running, runningCluster } from "./running.ts";

/** Makes a cluster, and tests what holds of every one. */
export function testCluster(wanted: ClusterCase): void {
  describe(wanted.name, () => testsOfEveryCluster(wanted, runningCluster(wanted)));
}

/** What holds of every cluster that our files made, as tests. */
export function testsOfEveryCluster({ config }: ClusterCase, running: () => Running): void {
  const { spec, virtualIPs } = readSetup(config, testedVersion);

  it("comes up by what the runbook says", () => {
    const commands = running().typed.map(({ command }) => command);
    expect(commands.filter((command) => command.startsWith("kubeadm init --config"))).toHaveLength(1);
    expect(commands.filter((command) => command.startsWith("kubeadm join "))).toHaveLength(members(spec).length - 1);
  });

  if (!hasExternalEtcd(spec))
    it("has an etcd member on every control-plane node", async () => {
      const { cluster } = running();
      const names = controlPlaneNodes(cluster.setup.spec).map(({ name }) => name);
      const first = cluster.node(names[0] ?? "");
      const { members } = JSON.parse(await mustShell(first, `${etcdctl} member list -w json`)) as EtcdMembers;
      expect(members.map(({ name }) => name).toSorted()).toEqual(names);
      expect(members.filter(({ isLearner }) => isLearner === true)).toEqual([]);
    });

  it("answers on every virtual IP, with a certificate that has every address and name", async () => {
    const { cluster } = running();
    await answers(cluster);
    for (const host of endpointHosts(cluster)) expect(await ask(cluster, host)).toMatchObject({ stdout: "ok" });
    const host = cluster.setup.virtualIPs[0] ?? cluster.setup.spec.endpoint.host;
    const target = `${host.includes(":") ? `[${host}]` : host}:${cluster.setup.spec.endpoint.port}`;
    const show = `openssl s_client -connect ${target} </dev/null 2>/dev/null | openssl x509 -noout -ext subjectAltName`;
    const names = await mustRun(cluster.client, ["sh", "-c", show]);
    for (const wanted of cluster.setup.spec.certSANs) expect(names).toContain(wanted);
  });

  if (virtualIPs.length > 0)
    it("has its virtual IP on one node", async () => {
      const { cluster } = running();
      const holder = await oneHolder(cluster);
      expect(spec.nodes.filter((node) => isAgentNode(spec, node)).map(({ name }) => name)).toContain(holder);
    });

  it("lists its nodes to a client at the endpoint", async () => {
    const { cluster } = running();
    const server = await cluster.kubectl(["config", "view", "-o", "jsonpath={.clusters[0].cluster.server}"]);
    expect(server.stdout).toContain(`:${cluster.setup.spec.endpoint.port}`);
    const { stdout } = await cluster.kubectl(["get", "nodes", "-o", "name"]);
    expect(stdout.trim().split("\n").toSorted()).toEqual(
      members(spec)
        .map((name) => `node/${name}`)
        .toSorted(),
    );
  });

  it("runs our pods on every control-plane node", async () => {
    const { cluster } = running();
    for (const { name } of controlPlaneNodes(cluster.setup.spec)) await podsAreReady(running(), cluster.node(name));
  });

  it("has files that validate has nothing to say about", async () => {
    for (const node of running().cluster.nodes) {
      // A worker has no static pods, and may have no directory for them.
      const listed = await mustShell(node, "ls /etc/kubernetes/manifests 2>/dev/null || true");
      const pods = listed === "" ? "" : "/etc/kubernetes/manifests";
      const { status, stdout } = await node.shell(`kubeadm-ha validate --strict /etc/kubeadm-ha ${pods}`);
      expect(status, `${node.name}: ${stdout}`).toBe(0);
    }
  });

  it("changes nothing when nodes are prepared once more", async () => {
    for (const node of running().cluster.nodes) {
      const before = await sums(node);
      expect(await node.shell("kubeadm-ha prepare"), node.name).toMatchObject({ status: 0 });
      expect(await sums(node), node.name).toBe(before);
    }
  });
}

// Load balancers of their own are no nodes of the cluster.
function members({ nodes }: ClusterSpec): readonly string[] {
  return nodes.filter(({ role }) => role !== "load-balancer").map(({ name }) => name);
}

function hasExternalEtcd({ kubeadmDocuments }: ClusterSpec): boolean {
  return kubeadmDocuments.some((document) => valueAt(document, ["etcd", "external"]) !== undefined);
}

interface EtcdMembers {
  readonly members: readonly { readonly name: string; readonly isLearner?: boolean }[];
}

async function podsAreReady({ cluster }: Running, node: ClusterNode): Promise<void> {
  const files = await mustShell(node, "cd /etc/kubernetes/manifests && ls");
  const pods = files
    .trim()
    .split("\n")
    .map((file) => `${file.replace(".yaml", "")}-${node.name}`);
  for (const pod of pods)
    await eventually(`${pod} is ready`, 120, async () => {
      const ready = "jsonpath={.status.containerStatuses[*].ready}";
      const { stdout } = await cluster.kubectl(["-n", "kube-system", "get", "pod", pod, "-o", ready]);
      return stdout === "true" || undefined;
    });
}

function sums(node: ClusterNode): Promise<string> {
  const directories = "/etc/kubeadm-ha /etc/kubernetes/manifests /etc/systemd/system /etc/sysctl.d /etc/tmpfiles.d";
  return mustShell(node, `find ${directories} -type f -exec sha256sum {} + -exec stat -c '%n %a %Y' {} + | sort`);
}
