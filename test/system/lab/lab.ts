import { createNetwork, type Network } from "./network.ts";
import { type Member, makeCertificates, startMember } from "./member.ts";
import { type Node, type NodeFile, startNode } from "./node.ts";
import type { Pod } from "./pod.ts";
import { type Client, startClient } from "./probe.ts";
import { eventually } from "./wait.ts";
import { createParts } from "./parts.ts";

/** A rendered cluster as the lab needs it. */
export interface LabPlan {
  readonly nodes: readonly LabNode[];
  readonly virtualIPs: readonly string[];
  readonly endpoint: { readonly host: string; readonly port: number };
  readonly apiServerPort: number;
  /** The static pods of every node in the order in which they start. */
  readonly pods: readonly string[];
  /** kubeadm's program of the cluster's version. */
  readonly kubeadm: string;
}

export interface LabNode {
  readonly name: string;
  readonly interface: string;
  readonly addresses: readonly string[];
  readonly files: readonly NodeFile[];
}

/** A control plane in namespaces of this machine, with a client beside it. */
export interface Lab {
  readonly network: Network;
  readonly nodes: readonly LabMachine[];
  readonly client: Client;
  /** The nodes that have the virtual IPs, by name; a node with only some of them counts, too. */
  holders(): Promise<readonly string[]>;
  /** Waits until exactly this node has every virtual IP and no other node has any. */
  untilHolder(name: string | undefined, limitSeconds: number): Promise<LabMachine>;
  /** What every program printed, for the message of a failed test. */
  logs(): string;
  stop(): Promise<void>;
}

export interface LabMachine extends Node {
  readonly pods: Readonly<Record<string, Pod>>;
  readonly member: Member;
}

/** Builds the lab and starts everything on it, the first node first. */
export async function startLab(plan: LabPlan): Promise<Lab> {
  const { keep, stop } = createParts();
  try {
    const network = keep(await createNetwork());
    const bare: Node[] = [];
    for (const { name, interface: device, addresses, files } of plan.nodes) {
      bare.push(
        keep(
          await startNode({ name, port: { interface: device, addresses: addresses.map(withLength) }, files }, network),
        ),
      );
    }
    const ca = await makeCertificates(bare, plan.kubeadm);
    const client = keep(
      await startClient(network, {
        port: { interface: "eth0", addresses: plan.virtualIPs.map(clientAddress) },
        ca,
        names: names(plan),
      }),
    );
    const nodes = await Promise.all(bare.map((node) => startEverything(node, plan)));
    return { network, nodes, client, ...election(nodes, plan.virtualIPs), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startEverything(node: Node, plan: LabPlan): Promise<LabMachine> {
  const pods: Record<string, Pod> = {};
  const member = await startMember(node, plan.apiServerPort);
  for (const name of plan.pods) pods[name] = await node.startPod(name);
  return { ...node, pods, member };
}

function election(
  nodes: readonly LabMachine[],
  virtualIPs: readonly string[],
): Pick<Lab, "holders" | "untilHolder" | "logs"> {
  const survey = (): Promise<readonly { readonly node: LabMachine; readonly held: readonly boolean[] }[]> =>
    Promise.all(
      nodes.map(async (node) => ({ node, held: await Promise.all(virtualIPs.map((address) => node.has(address))) })),
    );
  const logs = (): string =>
    nodes
      .flatMap((node) =>
        Object.values(node.pods).map(
          (pod) => `--- ${pod.name} on ${node.name}\n${pod.log().split("\n").slice(-40).join("\n")}`,
        ),
      )
      .join("\n");
  const holders = async (): Promise<readonly string[]> =>
    (await survey()).filter(({ held }) => held.includes(true)).map(({ node }) => node.name);
  const untilHolder = async (name: string | undefined, limitSeconds: number): Promise<LabMachine> => {
    const wanted = async (): Promise<LabMachine | undefined> => {
      const [holder, ...others] = (await survey()).filter(({ held }) => held.includes(true));
      if (holder === undefined || others.length > 0 || holder.held.includes(false)) return undefined;
      return name === undefined || holder.node.name === name ? holder.node : undefined;
    };
    return eventually(`${name ?? "one node"} alone holds ${virtualIPs.join(" and ")}`, limitSeconds, wanted).catch(
      (error: unknown) => {
        throw new Error(`${String(error)}\n${logs()}`);
      },
    );
  };
  return { holders, untilHolder, logs };
}

function withLength(address: string): string {
  return `${address}/${address.includes(":") ? 64 : 24}`;
}

/** An address in the network of the virtual IP that no node has. */
function clientAddress(virtualIP: string): string {
  return withLength(virtualIP.replace(/[^.:]*$/, virtualIP.includes(":") ? "c11e" : "250"));
}

function names({ endpoint, virtualIPs }: LabPlan): Readonly<Record<string, readonly string[]>> {
  return virtualIPs.includes(endpoint.host) ? {} : { [endpoint.host]: virtualIPs };
}
