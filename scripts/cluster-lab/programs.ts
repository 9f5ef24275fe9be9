import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

/** Where everything is kept that takes long to make; scripts/oracles and scripts/debian-packages agree. */
export const cache = path.resolve(
  process.env["KUBEADM_HA_CACHE"] ??
    path.join(process.env["XDG_CACHE_HOME"] ?? path.join(homedir(), ".cache"), "kubeadm-ha"),
);

export const oracles = path.join(cache, "oracles");

/** The programs of a control-plane node, built by scripts/oracles, by the name that they have on a node. */
export function nodePrograms(version: string): Readonly<Record<string, string>> {
  const others = ["kubelet", "kubectl", "kube-apiserver", "kube-controller-manager", "kube-scheduler"];
  return {
    kubeadm: `kubeadm-${version}`,
    ...Object.fromEntries(others.map((name) => [name, `${name}-${onlyKubeadm[version] ?? version}`])),
    etcd: "etcd-v3.6.5",
    etcdctl: "etcdctl-v3.6.5",
    "kube-vip": "kube-vip-v1.2.1",
  };
}

// Patch releases that are of interest for their kubeadm alone, and the one whose other programs stand in.
const onlyKubeadm: Readonly<Record<string, string>> = { "v1.34.4": "v1.34.10" };

/** Those of them that scripts/oracles has not built. */
export function missingOracles(version: string): readonly string[] {
  return Object.values(nodePrograms(version)).filter((file) => !existsSync(path.join(oracles, file)));
}
