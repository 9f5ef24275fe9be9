import { vrrpPriority } from "../../components/keepalived/config.ts";
import { endpointURLs } from "../../config/endpoint-urls.ts";
import { findDocument } from "../../config/kubeadm-documents.ts";
import { secretsLeftOut } from "../../config/saved.ts";
import { type ClusterSpec, nodeAddress, type NodeSpec } from "../../config/spec.ts";
import { kubeadmConfigPath } from "../../kubeadm/files.ts";
import { bringsOwnDiscovery } from "../../kubeadm/join-configuration.ts";
import { secretPaths } from "../../kubeadm/secrets.ts";
import { savedConfigurationPath } from "../../plan/make-plan.ts";
import { interfaceMissingMessage, notShown } from "../../plan/node-messages.ts";
import type { PlannedNode } from "../../plan/plan.ts";
import { statePath, vrrpNumbers } from "../../plan/state.ts";
import { shellWord } from "../../render/text.ts";
import { printersWithSecrets } from "./contents.ts";

/** What a script is made for. */
export interface ScriptInput {
  readonly spec: ClusterSpec;
  readonly node: PlannedNode;
  /** Version of this program. */
  readonly product: string;
}

/** The variables of the script: what is known of the node, and what its run will find out. */
export function settingLines({ spec, node }: ScriptInput, nodeSpec: NodeSpec): string {
  const { virtualRouterID, rank } = vrrpNumbers(spec, nodeSpec, undefined);
  const values = {
    node: node.name,
    bootstrap: node.role === "control-plane" ? node.bootstrap : node.role,
    member_file: node.role === "load-balancer" ? statePath : "/etc/kubernetes/kubelet.conf",
    own_address: nodeAddress(nodeSpec, spec.virtualIP.addresses[0]).text,
    endpoints: endpointURLs(spec)
      .map((url) => url.replace("https://", ""))
      .join(" "),
    own_discovery: bringsOwnDiscovery(findDocument(spec.kubeadmDocuments, "JoinConfiguration")) ? "yes" : "",
    interface: nodeSpec.interface ?? "",
    rank: rank === null ? "" : String(rank),
    rank_chosen: nodeSpec.rankChosen ? "yes" : "",
    virtualRouterID: virtualRouterID === null ? "" : String(virtualRouterID),
    virtual_router_id_chosen: spec.keepalived.virtualRouterIDChosen ? "yes" : "",
    priority: rank === null ? "" : String(vrrpPriority(rank)),
    printers_with_secrets: printersWithSecrets(spec, node).join(" "),
    not_shown: notShown,
    lacks_secrets: lacksSecrets(spec, node) ? kubeadmConfigPath : "",
    interface_missing: interfaceMissingMessage(node.name, nodeAddress(nodeSpec, spec.virtualIP.addresses[0]).text),
  };
  const empty =
    "asked join_command_file ignored adopt dry_run root about errors joinToken caCertHashes certificateKey caCertificate member prepared " +
    "state_version state_node state_role state_virtual_ip state_load_balancer state_virtual_router_id state_rank state_finalized " +
    "state_directories state_adopted state_files join_file join_file_name finalized planned_paths kept_paths incomplete_paths " +
    "interface_needed entries plan_lines reported staged made_directories missing_directories made_for_lock newly_adopted foreign_problems " +
    "impossible_problems stale_manifests stale_files stale_paths abandoned_paths something_changed role_line";
  return [
    ...Object.entries(values).map(([name, value]) => `${name}=${value === "" ? "''" : shellWord(value)}`),
    ...empty.split(" ").map((name) => `${name}=''`),
    "newline='\n'",
    `tab=$(printf '\\t')`,
    `carriage_return=$(printf '\\r')`,
    "quotes=\\'\\\"\\`",
  ].join("\n");
}

// Made from what a node keeps, from which secrets were left out.
function lacksSecrets({ kubeadmDocuments }: ClusterSpec, { files }: PlannedNode): boolean {
  const saved = files.find(({ path }) => path === savedConfigurationPath)?.variants.join?.text ?? "";
  return saved.startsWith(secretsLeftOut) && kubeadmDocuments.every((document) => secretPaths(document).length === 0);
}
