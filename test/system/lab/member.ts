import { fileURLToPath } from "node:url";

import { parseAllDocuments, stringify } from "yaml";

import type { Node } from "./node.ts";
import { collect, signal } from "./process.ts";
import { mustRun, read, start, write } from "./space.ts";
import { eventually } from "./wait.ts";

/** The API server of a node: a stand-in for kube-apiserver with kubeadm's own certificate. */
export interface Member {
  kill(): void;
  log(): string;
}

export const pki = "/etc/kubernetes/pki";
export const kubeadmConfig = "/etc/kubeadm-ha/kubeadm.yaml";
const joiningConfig = "/run/joining.yaml";

/** Lets kubeadm make the cluster's CA on the first node and each node's certificate, from the rendered configuration. */
export async function makeCertificates(nodes: readonly Node[], kubeadm: string): Promise<string> {
  const [founder, ...others] = nodes;
  if (founder === undefined) throw new Error("no node");
  const phase = (node: Node, certificate: string, config: string): Promise<string> =>
    mustRun(node.space, [kubeadm, "init", "phase", "certs", certificate, "--config", config]);
  await phase(founder, "ca", kubeadmConfig);
  const made = ["ca.crt", "ca.key"].map((name) => {
    const path = `${pki}/${name}`;
    return { path, text: read(founder.space, path) ?? "", mode: 0o600 };
  });
  await phase(founder, "apiserver", kubeadmConfig);
  for (const node of others) {
    // `kubeadm join` downloads both from the cluster.
    for (const file of made) write(node.space, file);
    write(node.space, { path: joiningConfig, text: joining(founder, node), mode: 0o600 });
    await phase(node, "apiserver", joiningConfig);
  }
  return made[0]?.text ?? "";
}

/** What kubeadm works with while a node joins: the cluster's configuration and the node's own part. */
export function joining(founder: Node, node: Node): string {
  const cluster = document(founder, "ClusterConfiguration");
  const join = document(node, "JoinConfiguration") as {
    apiVersion: string;
    nodeRegistration: unknown;
    controlPlane: { localAPIEndpoint: unknown };
  };
  const { apiVersion, nodeRegistration, controlPlane } = join;
  const init = {
    apiVersion,
    kind: "InitConfiguration",
    localAPIEndpoint: controlPlane.localAPIEndpoint,
    nodeRegistration,
  };
  return `${stringify(init)}---\n${stringify(cluster)}`;
}

function document(node: Node, kind: string): unknown {
  const text = read(node.space, kubeadmConfig) ?? "";
  const values = parseAllDocuments(text).map((parsed): unknown => parsed.toJS());
  const found = values.find(
    (value) => typeof value === "object" && value !== null && "kind" in value && value.kind === kind,
  );
  if (found === undefined) throw new Error(`${node.name} has no ${kind} in ${kubeadmConfig}`);
  return found;
}

/** Starts the node's API server and waits until it listens. */
export async function startMember(node: Node, port: number): Promise<Member> {
  const script = fileURLToPath(new URL("api-server.mjs", import.meta.url));
  const child = start(node.space, [
    process.execPath,
    script,
    node.name,
    String(port),
    `${pki}/apiserver.crt`,
    `${pki}/apiserver.key`,
  ]);
  const { stdout, stderr } = collect(child);
  const log = (): string => stdout() + stderr();
  await eventually(`the API server of ${node.name} listens: ${log()}`, 10, () => {
    if (child.exitCode !== null) throw new Error(`the API server of ${node.name} ended at once: ${log()}`);
    return log().includes("ready") || undefined;
  });
  return { kill: () => signal(child, 1, "SIGKILL"), log };
}
