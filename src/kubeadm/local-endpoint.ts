import { type KubeadmDocument, valueAt } from "../config/kubeadm-documents.ts";
import type { ClusterSpec, NodeSpec } from "../config/spec.ts";
import type { Path } from "../yaml/read.ts";
import type { WantedMap } from "./change.ts";
import { sameAddresses } from "./node-registration.ts";

/** localAPIEndpoint at `path` of a document: where this node's API server listens and what it tells the others. */
export function localEndpoint(
  spec: ClusterSpec,
  node: NodeSpec,
  [document, path]: readonly [KubeadmDocument | undefined, Path],
): WantedMap {
  // A machine of a group advertises what kubeadm finds on it.
  const address = node.addresses[0]?.text;
  const standing = valueAt(document, [...path, "advertiseAddress"]);
  const same = typeof standing === "string" && address !== undefined && sameAddresses(standing, address);
  return { advertiseAddress: same ? undefined : address, bindPort: spec.apiServerPort };
}

/** Why advertiseAddress is written. */
export const advertiseComment =
  "kubeadm would take the address of the default route (https://github.com/kubernetes/kubeadm/issues/226).";
/** Why bindPort is written. */
export const bindPortComment = "Not stored in the cluster: every control-plane node says it again, or gets 6443.";
