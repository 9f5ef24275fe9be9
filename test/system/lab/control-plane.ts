import type { V1Pod } from "@kubernetes/client-node";
import { parse } from "yaml";

import { oracle } from "../support/programs.ts";
import { joining, kubeadmConfig, pki } from "./member.ts";
import type { Node } from "./node.ts";
import { launch } from "../../../src/rehearse/lab/launch.ts";
import { collect } from "./process.ts";
import { mustRun, read, run, type Space, start, write } from "./space.ts";
import { eventually } from "./wait.ts";

/** A real kube-apiserver, on the command line that kubeadm writes for its node. */
export interface APIServer {
  readonly node: Node;
  readonly port: number;
  /** Stops the process where it is, or lets it go on. */
  freeze(on: boolean): Promise<void>;
  /** Runs kubectl as a cluster administrator on the node; anything but success is an error. */
  kubectl(words: readonly string[], input?: string): Promise<string>;
  log(): string;
}

/** The release whose programs scripts/oracles builds completely. */
export const release = "v1.34.10";

/** An etcd of its own, as an external one, in memory; for a cluster whose nodes come and go. */
export async function startEtcd(space: Space, address: string): Promise<void> {
  const url = `http://${address}:2379`;
  const listen = ["--listen-client-urls", url, "--advertise-client-urls", url];
  const { stderr } = collect(
    start(space, [oracle("etcd-v3.6.5"), "--data-dir=/run/etcd", "--unsafe-no-fsync", ...listen]),
  );
  await eventually("etcd listens", 60, async () => (await listens(space, address, 2379)) || undefined).catch(
    (error: unknown) => {
      throw new Error(`${String(error)}\n${stderr()}`);
    },
  );
}

/** Lets kubeadm make everything that an API server needs, on all nodes: certificates, kubeconfigs, manifests. */
export async function makeControlPlanes(nodes: readonly Node[]): Promise<void> {
  const [founder, ...others] = nodes;
  if (founder === undefined) throw new Error("no node");
  await phases(founder, kubeadmConfig);
  for (const node of others) {
    // `kubeadm join` downloads them from the cluster.
    for (const name of ["ca", "front-proxy-ca", "sa"])
      for (const extension of name === "sa" ? ["key", "pub"] : ["crt", "key"]) {
        const path = `${pki}/${name}.${extension}`;
        write(node.space, { path, text: read(founder.space, path) ?? "", mode: 0o600 });
      }
    const path = "/run/joining.yaml";
    write(node.space, { path, text: joining(founder, node), mode: 0o600 });
    await phases(node, path);
  }
}

async function phases({ space }: Node, config: string): Promise<void> {
  for (const words of ["certs all", "kubeconfig admin", "kubeconfig super-admin", "control-plane apiserver"])
    await mustRun(space, [oracle(`kubeadm-${release}`), "init", "phase", ...words.split(" "), "--config", config], {
      limitSeconds: 120,
    });
}

/** Starts the API server of a node, and waits for nothing. */
export function startAPIServer(node: Node, port: number): APIServer {
  const { space } = node;
  const manifest = parse(read(space, "/etc/kubernetes/manifests/kube-apiserver.yaml") ?? "") as V1Pod;
  const [, ...options] = manifest.spec?.containers[0]?.command ?? [];
  const { stderr } = collect(launch(space, [oracle(`kube-apiserver-${release}`), ...options]));
  const local = ["--server", `https://127.0.0.1:${port}`, "--tls-server-name", "kubernetes"];
  const kubectl = [oracle(`kubectl-${release}`), "--kubeconfig", "/etc/kubernetes/super-admin.conf", ...local];
  return {
    node,
    port,
    freeze: async (on) => {
      // The kernel keeps fifteen letters of a program's name.
      await mustRun(space, ["pkill", "--signal", on ? "STOP" : "CONT", "--exact", "kube-apiserver-"]);
    },
    kubectl: (words, input = "") => mustRun(space, [...kubectl, ...words], { input, limitSeconds: 60 }),
    log: stderr,
  };
}

/** Waits until an API server is ready. */
export async function untilReady({ node, port, log }: APIServer): Promise<void> {
  const ask = ["curl", "--silent", "--fail", "--insecure", "--max-time", "5", `https://127.0.0.1:${port}/readyz`];
  const ready = async (): Promise<true | undefined> => (await run(node.space, ask)).status === 0 || undefined;
  await eventually(`the API server of ${node.name} is ready`, 120, ready).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${log().slice(-4000)}`);
  });
}

/** What `kubeadm init` grants to admin.conf. */
export async function bindAdministrators({ kubectl }: APIServer): Promise<void> {
  const binding = "kubeadm:cluster-admins";
  await kubectl(["create", "clusterrolebinding", binding, "--clusterrole=cluster-admin", `--group=${binding}`]);
}

async function listens(space: Space, address: string, port: number): Promise<boolean> {
  return (await run(space, ["nc", "-z", address, String(port)])).status === 0;
}
