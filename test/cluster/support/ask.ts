import type { Cluster } from "../../../scripts/cluster-lab/cluster.ts";
import { mustShell } from "../../../scripts/cluster-lab/node.ts";
import { read, type Result, run, write } from "../../../src/rehearse/lab/space.ts";
import { eventually } from "../../../src/rehearse/lab/wait.ts";

/** The names and addresses under which clients reach the API. */
export function endpointHosts({ setup }: Cluster): readonly string[] {
  return [...new Set([setup.spec.endpoint.host, ...setup.virtualIPs])];
}

/** A request of the client's for /livez, by any name of the endpoint; the certificate has to have that name. */
export async function ask(cluster: Cluster, host = cluster.setup.spec.endpoint.host): Promise<Result> {
  await trust(cluster);
  const url = `https://${host.includes(":") ? `[${host}]` : host}:${cluster.setup.spec.endpoint.port}/livez`;
  return run(cluster.client, ["curl", "-sS", "--max-time", "5", "--cacert", caFile, url]);
}

/** Waits until the client gets an answer through the endpoint. */
export async function answers(cluster: Cluster): Promise<void> {
  await eventually("an answer through the endpoint", 180, async () => {
    const { stdout } = await ask(cluster);
    return stdout === "ok" || undefined;
  });
}

/** Waits until exactly one node has the virtual IPs, and names it. */
export function oneHolder(cluster: Cluster): Promise<string> {
  return eventually("one holder of the virtual IP", 180, async () => {
    const [holder, ...others] = await cluster.holders();
    return others.length === 0 ? holder : undefined;
  });
}

const caFile = "/run/ca.crt";

// Once for a cluster: the node that made the CA may have left it since, and its files with it.
async function trust({ client, nodes: [first] }: Cluster): Promise<void> {
  if (first === undefined || read(client, caFile) !== undefined) return;
  write(client, { path: caFile, text: await mustShell(first, "cat /etc/kubernetes/pki/ca.crt") });
}
