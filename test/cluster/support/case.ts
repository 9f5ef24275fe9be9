import { readFileSync } from "node:fs";

import type { Cluster } from "../../../scripts/cluster-lab/cluster.ts";
import type { FoundOptions } from "../../../scripts/cluster-lab/found.ts";

/** A configuration of which a cluster is made. */
export interface ClusterCase extends FoundOptions {
  readonly name: string;
  /** Text of ha.yaml. */
  readonly config: string;
  /** What KUBERNETES_VERSION says, else v1.34.10, without a value. */
  readonly kubernetesVersion?: string;
  /** What has to be there before the first node is prepared. */
  before?(cluster: Cluster): Promise<void>;
}

/** The release that is tested, unless a case is about another one. */
export const testedVersion = process.env["KUBERNETES_VERSION"] ?? "v1.34.10";

/** The version of kubeadm's own documents that it reads. */
export const kubeadmAPIVersion = `kubeadm.k8s.io/${/^v1\.(?:2\d|30)\./.test(testedVersion) ? "v1beta3" : "v1beta4"}`;

/** What is documented and rendered in manifests/. */
export function example(name: string): ClusterCase {
  return { name, config: readFileSync(`manifests/${name}/ha.yaml`, "utf8") };
}
