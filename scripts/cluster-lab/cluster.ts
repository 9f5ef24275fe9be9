import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import type { OwnershipChange } from "../../src/rehearse/lab/lab.ts";
import { createNetwork, type Network } from "../../src/rehearse/lab/network.ts";
import { createOwnership } from "../../src/rehearse/lab/ownership.ts";
import { createSpace, type Result, run, type Space, write } from "../../src/rehearse/lab/space.ts";
import { freeAddress } from "../../src/rehearse/lab/addresses.ts";
import { removeCgroups } from "./cgroups.ts";
import { giveEtcdDisk } from "./etcd-disk.ts";
import { imageStore } from "./image-store.ts";
import { type Laptop, makeLaptop } from "./laptop.ts";
import { releasedImages } from "./image-names.ts";
import { type ClusterNode, startNode, withLength } from "./node.ts";
import { acceptingCgroupV1 } from "./cgroup-v1.ts";
import { cutPower, givePower } from "./power.ts";
import { readSetup, type Setup } from "./setup.ts";
import { nodePrograms, oracles } from "./programs.ts";
import { removeStale } from "./stale.ts";
import { requireMachine } from "./requirements.ts";

/** Real machines of a kubeadm cluster, as namespaces of this machine. */
export interface Cluster {
  readonly setup: Setup;
  readonly nodes: readonly ClusterNode[];
  readonly laptop: Laptop;
  readonly network: Network;
  /** A machine on the segment that is no node. */
  readonly client: Space;
  node(name: string): ClusterNode;
  /** kubectl on the client, with admin.conf of the first node: through the endpoint. */
  kubectl(words: readonly string[]): Promise<Result>;
  /** The nodes that have a virtual IP on an interface. */
  holders(): Promise<readonly string[]>;
  /** Who had a virtual IP when, since the machines are there; a change of holders is known within milliseconds. */
  readonly ownership: readonly OwnershipChange[];
  /** The numbers of etcd's own disks, by node; empty where etcd writes to memory. */
  readonly etcdDisks: ReadonlyMap<string, string>;
  /** A node is off from one moment to the next. */
  powerOff(node: ClusterNode): Promise<void>;
  /** It is on again; what it runs takes its time. */
  boot(node: ClusterNode): Promise<void>;
  stop(): Promise<void>;
}

export interface ClusterOptions {
  /** Names what belongs to it on this machine; letters, digits and hyphens. */
  readonly name: string;
  /** An own directory for what the administrator has. */
  readonly directory: string;
  /** Text of ha.yaml. */
  readonly config: string;
  readonly kubernetesVersion: string;
  /** Releases that it will be upgraded to, whose programs and images the nodes have, too. */
  readonly upgrades?: readonly string[];
  /** Whether etcd gets disks that can be slowed. */
  readonly withEtcdDisks?: boolean;
  say(line: string): void;
}

/** Starts the machines of a configuration; nothing is installed on them yet. Needs the built program. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { name, directory, kubernetesVersion, upgrades = [], say } = options;
  const config = acceptingCgroupV1(options.config, kubernetesVersion);
  const setup = readSetup(config, kubernetesVersion);
  for (const version of [kubernetesVersion, ...upgrades]) requireMachine(version);
  await removeStale();
  const parts: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(parts.map((part) => part.stop()));
    await removeCgroups(name);
  };
  try {
    const laptop = makeLaptop(directory);
    writeFileSync(path.join(directory, "ha.yaml"), config);
    const programs = nodePrograms(kubernetesVersion);
    const released = releasedImages(kubernetesVersion);
    const later = upgrades.flatMap(releasedImages);
    // Those of other providers, too, so that one store serves most configurations.
    const images = [...released, ...later, ...Object.values(setup.spec.images)];
    const allPrograms = [kubernetesVersion, ...upgrades].flatMap((version) => Object.values(nodePrograms(version)));
    const store = await imageStore({ images, programs, files: allPrograms, say });
    const network = await createNetwork();
    parts.push(network);
    const client = await startClient(network, setup);
    parts.push(client.space);
    const nodes = await Promise.all(
      setup.nodes.map(async (node) => {
        const started = await startNode(network, {
          ...node,
          cluster: name,
          names: setup.names,
          gateways: client.addresses,
          pause: released.find((image) => image.includes("/pause:")) ?? "",
          furniture: {
            programs,
            store,
            installed: setup.installed,
            withCrictl: setup.spec.kubernetesVersion.minor < 31,
            binds: laptop.installation,
          },
        });
        parts.push(started.space);
        laptop.know(started.space);
        return started;
      }),
    );
    const etcdDisks = new Map<string, string>();
    if (options.withEtcdDisks === true)
      for (const node of nodes) etcdDisks.set(node.name, await giveEtcdDisk(node, directory));
    const ownership = createOwnership(setup.virtualIPs);
    for (const { space } of nodes) await ownership.watch(space);
    return {
      setup,
      nodes,
      ownership: ownership.changes,
      etcdDisks,
      powerOff: async (node) => {
        ownership.lost(node.name);
        await cutPower(network, node, setup.virtualIPs);
      },
      boot: async (node) => {
        await ownership.watch(node.space);
        await givePower(network, node);
      },
      laptop,
      network,
      client: client.space,
      node: (wanted) => found(nodes, wanted),
      kubectl: (words) => kubectl(client.space, nodes[0], { words, program: programs["kubectl"] ?? "kubectl" }),
      holders: () => holdersOf(nodes, setup.virtualIPs),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function found(nodes: readonly ClusterNode[], wanted: string): ClusterNode {
  const node = nodes.find(({ name }) => name === wanted);
  if (node === undefined)
    throw new Error(`there is no node ${wanted}; there are ${nodes.map(({ name }) => name).join(", ")}`);
  return node;
}

async function startClient(network: Network, setup: Setup) {
  const taken = new Set([...setup.virtualIPs, ...setup.nodes.flatMap(({ addresses }) => addresses)]);
  const addresses = (setup.nodes[0]?.addresses ?? []).map((address) => freeAddress(address, taken));
  const space = await createSpace("client");
  await network.connect(space, { interface: "eth0", addresses: addresses.map(withLength) });
  const names = Object.entries(setup.names).map(([host, address]) => `${address} ${host}\n`);
  write(space, { path: "/etc/hosts", text: `127.0.0.1 localhost\n::1 localhost\n${names.join("")}` });
  return { space, addresses };
}

interface Kubectl {
  readonly words: readonly string[];
  readonly program: string;
}

function kubectl(client: Space, first: ClusterNode | undefined, { words, program }: Kubectl): Promise<Result> {
  const config = readFileSync(`/proc/${first?.space.pid}/root/etc/kubernetes/admin.conf`, "utf8");
  write(client, { path: "/run/admin.conf", text: config, mode: 0o600 });
  return run(client, [
    path.join(oracles, program),
    "--kubeconfig",
    "/run/admin.conf",
    "--request-timeout=20s",
    ...words,
  ]);
}

async function holdersOf(nodes: readonly ClusterNode[], virtualIPs: readonly string[]): Promise<readonly string[]> {
  const held = await Promise.all(
    nodes.map(async ({ name, space }) => {
      const { stdout } = await run(space, ["ip", "-brief", "address", "show"]);
      const own = new Set(stdout.split(/\s+/).map((word) => word.replace(/\/\d+$/, "")));
      return virtualIPs.some((address) => own.has(address)) ? [name] : [];
    }),
  );
  return held.flat();
}
