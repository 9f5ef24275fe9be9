import type { V1Pod } from "@kubernetes/client-node";

import type { ClusterSpec } from "../../config/spec.ts";
import type { Comments } from "../../yaml/write.ts";
import type { ConfigCheck } from "../component.ts";

/** What differs between the programs that can be the proxy. */
export interface ProxyForm {
  readonly program: "haproxy" | "nginx";
  readonly config: { readonly path: string; text(spec: ClusterSpec): string };
  pod(spec: ClusterSpec): V1Pod;
  /** Why lines of the manifest are so, by their path. */
  readonly podComments: Comments;
  /** What the program tells on the health port. */
  readonly health: string;
  /** Debian package names for those who build the image. */
  readonly packages: readonly string[];
  readonly configCheck: ConfigCheck;
  /** How a changed file takes effect, for a person at the node. */
  readonly reload: string;
  /** What it does not protect from. */
  readonly limits: readonly string[];
}

/** The name of the static pod, whatever runs in it. */
export const workerProxyName = "kubeadm-ha-proxy";

/** Enough for a kubelet, kube-proxy and a few agents; 4,000 file descriptors are below every usual limit. */
export const workerConnections = 1000;
