import { setTimeout as sleep } from "node:timers/promises";

import { ExitCode, UserError } from "../../errors.ts";
import type { Scene } from "../scene.ts";
import { adapt } from "./adapt.ts";
import { allAddresses, canonical, freeAddress, neighboursOf, withLength } from "./addresses.ts";
import { certificateFiles, makeCertificates } from "./certificates.ts";
import { cannotStart } from "./check.ts";
import { startClient } from "./client.ts";
import { completion } from "./complete.ts";
import { startForeignRouter } from "./foreign-router.ts";
import type { Lab, LabNetwork, LabNode, LabOptions } from "./lab.ts";
import { createNetwork, type Network } from "./network.ts";
import { type ManagedNode, manageNode } from "./node.ts";
import { createOwnership } from "./ownership.ts";
import type { Space } from "./space.ts";

/** Builds a lab and starts everything in it. */
export async function buildLab(scene: Scene, options: LabOptions): Promise<Lab> {
  const parts: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(parts.splice(0).map((part) => part.stop()));
  };
  try {
    const adapted = scene.nodes.map((node) => ({ node, ...adapt(node) }));
    const taken = new Set(allAddresses(scene));
    const clientAddresses = scene.virtualIPs.map((address) => freeAddress(address, taken));
    const network = await createNetwork().catch(surroundings);
    parts.push(network);
    const client = await startClient({
      network,
      addresses: clientAddresses.map(withLength),
      neighbours: neighboursOf(clientAddresses, [...taken]),
    });
    parts.push(client.space);
    const certificates = await makeCertificates(client.space, scene);
    client.trust(certificates.ca);
    const ownership = createOwnership(scene.virtualIPs.map(canonical));
    const nodes = adapted.map(({ node, files }, index) =>
      manageNode(node, {
        ...options,
        network,
        ownership,
        port: {
          interface: node.interface,
          addresses: node.addresses.map(withLength),
          hardware: `02:00:00:00:01:${(index + 1).toString(16).padStart(2, "0")}`,
        },
        neighbours: neighboursOf(node.addresses, [...taken]),
        apiServerPort: scene.apiServerPort,
        files: [...files, ...ownFiles(scene, node.name), ...certificateFiles(certificates, node)],
        complete: completion(node),
      }),
    );
    parts.push(...nodes);
    await everyone(nodes, (node) => node.build());
    await everyone(nodes, (node) => node.check());
    await startNodes(nodes);
    return {
      scene,
      nodes,
      byRank: ranked(scene, nodes),
      network: labNetwork(network, nodes),
      client,
      ownership: ownership.changes,
      holders: () => ownership.holders(),
      setHealth: (name, state) => find(nodes, name).setHealth(state),
      startForeignRouter: async () => {
        const router = await startForeignRouter(scene, { network, taken });
        parts.push(router);
        return {
          stop: async () => {
            parts.splice(parts.indexOf(router), 1);
            await router.stop();
          },
        };
      },
      log: () => [...adapted.flatMap(({ notes }) => notes), ...nodes.flatMap(lastLines)].join("\n"),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** API servers first, as the balancers would otherwise begin with an outage. */
async function startNodes(nodes: readonly ManagedNode[]): Promise<void> {
  await everyone(nodes, async (node) => node.programs["api-server"]?.start());
  await everyone(nodes, (node) => node.startAll());
  // A daemon that refuses its configuration only now has ended by then.
  await sleep(500);
  for (const node of nodes) {
    for (const program of Object.values(node.programs))
      if (!program.running()) throw cannotStart(program.name, program.log());
  }
}

/** Does the same on all nodes at once; one that fails does not leave the others in the middle of it. */
async function everyone(nodes: readonly ManagedNode[], act: (node: ManagedNode) => Promise<void>): Promise<void> {
  const results = await Promise.allSettled(nodes.map(act));
  for (const result of results) if (result.status === "rejected") throw result.reason;
}

function labNetwork(network: Network, nodes: readonly ManagedNode[]): LabNetwork {
  const space = (name: string): Space => {
    const found = find(nodes, name).space();
    if (found === undefined) throw new Error(`${name} is off`);
    return found;
  };
  return {
    setCable: async (name, state) => {
      await network.setSilent(space(name), state === "silent");
      await network.setLink(space(name), state !== "no-carrier");
    },
    setPath: (from, to, open) => network.setPath(space(from), space(to), open),
  };
}

function find(nodes: readonly ManagedNode[], name: string): ManagedNode {
  const found = nodes.find((node) => node.name === name);
  if (found === undefined) throw new Error(`no node ${name}`);
  return found;
}

function ranked(scene: Scene, nodes: readonly ManagedNode[]): readonly LabNode[] {
  const priority = new Map(scene.nodes.map(({ name, election }) => [name, election?.priority ?? -1]));
  return nodes.toSorted((a, b) => (priority.get(b.name) ?? -1) - (priority.get(a.name) ?? -1));
}

/** Names of the machines, which nobody else is asked for. */
function ownFiles(scene: Scene, name: string): Scene["nodes"][number]["files"] {
  const hosts = scene.nodes.flatMap((node) => node.addresses.map((address) => `${address} ${node.name}\n`));
  return [
    { path: "/etc/hosts", mode: 0o644, text: `127.0.0.1 localhost\n::1 localhost\n${hosts.join("")}` },
    { path: "/etc/hostname", mode: 0o644, text: `${name}\n` },
  ];
}

function lastLines(node: ManagedNode): readonly string[] {
  return node
    .logs()
    .map(({ name, text }) => `--- ${name} on ${node.name}\n${text.trimEnd().split("\n").slice(-40).join("\n")}`);
}

/** Namespaces that this machine does not give away are nothing that the user can change in files. */
function surroundings(error: unknown): never {
  throw new UserError(`cannot make machines in namespaces: ${error instanceof Error ? error.message : String(error)}`, {
    exitCode: ExitCode.environment,
    cause: error,
  });
}
