import type { V1Pod } from "@kubernetes/client-node";
import { parse } from "yaml";

import { oracle } from "../support/programs.ts";
import { fileText, type Rendered } from "../support/render.ts";
import {
  type APIServer,
  bindAdministrators,
  makeControlPlanes,
  startAPIServer,
  startEtcd,
  untilReady,
} from "./control-plane.ts";
import { type PodTemplate, startKubeletPod } from "./kubelet-pod.ts";
import { createNetwork, type Network } from "./network.ts";
import { type Node, startNode } from "./node.ts";
import type { Pod } from "./pod.ts";
import { createSpace, type Space } from "./space.ts";
import { createParts } from "./parts.ts";

/** Control-plane nodes with real API servers, an etcd beside them, and what is started on them. */
export interface RealCluster {
  readonly network: Network;
  readonly nodes: readonly Node[];
  /** The machine beside the nodes: it has etcd, and is their router and their client. */
  readonly outside: Space;
  /** Starts all API servers and waits for nothing. */
  startAPIServers(): readonly APIServer[];
  /** Starts a node's static pod of kube-vip, as it was rendered. */
  startKubeVip(node: Node): Promise<Pod>;
  /** Starts a pod with a service account of kube-system. */
  startWithAccount(server: APIServer, template: PodTemplate, program: string): Promise<Pod>;
  stop(): Promise<void>;
}

/** The address of the machine beside the nodes, and what says that its etcd is the cluster's. */
export const outsideAddresses = { 4: "192.168.10.1", 6: "fd00:10::1" } as const;
export const externalEtcd = `---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
etcd: {external: {endpoints: ["http://${outsideAddresses[4]}:2379"]}}
`;

/** Builds the machines; etcd runs, and kubeadm has made certificates, kubeconfigs and manifests. */
export async function startRealCluster(rendered: Rendered): Promise<RealCluster> {
  const { keep, stop } = createParts();
  const { apiServerPort } = rendered.spec;
  const address = (node: Node): string =>
    rendered.nodes.find((candidate) => candidate.node.name === node.name)?.node.addresses[0]?.text ?? "";
  const startPod = (node: Node, template: PodTemplate, more: { program: string; token?: string }): Promise<Pod> => {
    const name = template.metadata?.name ?? template.spec.containers[0]?.name ?? "";
    return startKubeletPod(node, template, {
      ...more,
      program: oracle(more.program),
      name,
      address: address(node),
      apiServerPort,
    });
  };
  try {
    const network = keep(await createNetwork());
    const outside = keep(await createSpace("outside"));
    const both = [`${outsideAddresses[4]}/24`, `${outsideAddresses[6]}/64`];
    await network.connect(outside, { interface: "eth0", addresses: both });
    const nodes: Node[] = [];
    for (const { node, interface: device, files } of rendered.nodes) {
      const addresses = node.addresses.map(({ text, family }) => `${text}/${family === 6 ? 64 : 24}`);
      nodes.push(keep(await startNode({ name: node.name, port: { interface: device, addresses }, files }, network)));
    }
    await startEtcd(outside, outsideAddresses[4]);
    await makeControlPlanes(nodes);
    return {
      network,
      nodes,
      outside,
      startAPIServers: () => nodes.map((node) => startAPIServer(node, apiServerPort)),
      startKubeVip: (node) => startPod(node, kubeVipManifest(rendered, node), { program: "kube-vip-v1.2.1" }),
      startWithAccount: async (server, template, program) => {
        const account = template.spec.serviceAccountName ?? "default";
        const token = await server.kubectl(["-n", "kube-system", "create", "token", account]);
        return startPod(server.node, template, { program, token: token.trim() });
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits until all API servers are ready, with the rights of admin.conf that `kubeadm init` grants. */
export async function untilAllReady(servers: readonly APIServer[]): Promise<void> {
  for (const server of servers) await untilReady(server);
  if (servers[0] !== undefined) await bindAdministrators(servers[0]);
}

function kubeVipManifest({ nodes }: Rendered, { name }: Node): PodTemplate {
  const node = nodes.find((candidate) => candidate.node.name === name);
  const text = node && fileText(node, "/etc/kubernetes/manifests/kube-vip.yaml");
  const { metadata, spec } = parse(text ?? "") as V1Pod;
  if (metadata === undefined || spec === undefined) throw new Error(`${name} has no static pod kube-vip`);
  return { metadata, spec };
}
