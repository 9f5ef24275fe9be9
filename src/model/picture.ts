import type { HaproxyModel, NginxModel } from "./balancer.ts";
import type { YamlObject } from "./kubernetes.ts";
import type { PortRedirect } from "./redirect.ts";
import type { CheckScript } from "./script.ts";
import type { KeepalivedModel } from "./vrrp.ts";

/** Everything that was read of one machine: files that stand together below one root or in one directory. */
export interface NodePicture {
  /** The node's name where the tree tells it, else the directory. */
  readonly name: string;
  readonly keepalived: readonly KeepalivedModel[];
  readonly haproxy: readonly HaproxyModel[];
  readonly nginx: readonly NginxModel[];
  readonly scripts: readonly CheckScript[];
  /** Ports that nftables lead to others. */
  readonly redirects: readonly PortRedirect[];
  /** Static pods, and workloads that run kube-vip. */
  readonly pods: readonly YamlObject[];
  /** kubeadm's documents, each stream a file. */
  readonly kubeadm: readonly YamlObject[];
  /** Whether an HAConfiguration stands beside them: then they are its material, and lack what it adds. */
  readonly isMaterial?: boolean;
  /** Every other Kubernetes object. */
  readonly objects: readonly YamlObject[];
  /** Absolute paths on the node (without the tree's root) of all files that were seen, with their modes where known. */
  readonly paths: ReadonlyMap<string, { readonly file: string; readonly mode: number | undefined }>;
}

/** Machines that belong together: their files are compared. */
export interface ClusterPicture {
  /** The directory above the nodes. */
  readonly name: string;
  readonly nodes: readonly NodePicture[];
}
