import { type KubeadmDocument, valueAt } from "../config/kubeadm-documents.ts";
import type { NodeSpec } from "../config/spec.ts";
import { parseAddress } from "../net/address.ts";
import type { Comments } from "../yaml/write.ts";
import { argumentForm, findArgument, wantArgument } from "./arguments.ts";
import type { WantedMap } from "./change.ts";

/** What Init- and JoinConfiguration say of the node itself. */
export function nodeRegistration(node: NodeSpec, apiVersion: string, document: KubeadmDocument | undefined): WantedMap {
  const existing = valueAt(document, ["nodeRegistration", "kubeletExtraArgs"]);
  const nodeIP = nodeIPText(node);
  const standing = findArgument(existing, "node-ip")?.value;
  const same = standing !== undefined && sameAddresses(standing, nodeIP);
  return {
    name: node.name === "" ? undefined : node.name,
    criSocket: schemedSocket(valueAt(document, ["nodeRegistration", "criSocket"])),
    kubeletExtraArgs:
      same || nodeIP === "" ? undefined : wantArgument(existing, argumentForm(apiVersion), ["node-ip", nodeIP]),
  };
}

/** Why nodeRegistration has what we write there. */
export const nodeRegistrationComments: Comments = {
  "nodeRegistration.name": "The node's name in the HAConfiguration; kubeadm would take the host name.",
  "nodeRegistration.kubeletExtraArgs":
    "Without node-ip the kubelet takes the address of the default route, which may be another\nnetwork's, or the virtual IP (https://github.com/kubernetes/kubeadm/issues/1156).",
};

/** kubelet's --node-ip: one address, or one of each family. */
export function nodeIPText(node: NodeSpec): string {
  return node.addresses.map((address) => address.text).join(",");
}

/** Whether two comma-separated lists hold the same addresses, however they are written. */
export function sameAddresses(a: string, b: string): boolean {
  const canonical = (text: string): string =>
    text
      .split(",")
      .map((part) => parseAddress(part.trim())?.text ?? part)
      .join(",");
  return canonical(a) === canonical(b);
}

/** kubeadm prepends the scheme itself, with a warning that a later kubelet may not. */
function schemedSocket(socket: unknown): string | undefined {
  return typeof socket === "string" && socket.startsWith("/") ? `unix://${socket}` : undefined;
}
