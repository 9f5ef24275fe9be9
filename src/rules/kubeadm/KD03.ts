import { readPath } from "../../config/paths.ts";
import type { YamlObject } from "../../model/kubernetes.ts";
import type { FileRule, RuleContext } from "../rule.ts";
import { documentOf, isNothing, missingAt, textAt } from "./documents.ts";
import { balancerPorts, virtualAddresses } from "./surroundings.ts";

export const KD03: FileRule = {
  id: "KD03",
  name: "endpoint-missing",
  scope: "kubeadm",
  severity: "error",
  summary: "A cluster of several control-plane nodes has a controlPlaneEndpoint.",
  reason:
    "without it no other control-plane node can join (unable to add a new control plane instance to a cluster that doesn't have a stable controlPlaneEndpoint address), and it cannot be added later (https://github.com/kubernetes/kubeadm/issues/1331)",
  remedy: "add controlPlaneEndpoint with the name or address of the virtual IP and the port",
  check(documents, context) {
    const document = documentOf(documents, "ClusterConfiguration") ?? documentOf(documents, "InitConfiguration");
    if (document === undefined || context.node.isMaterial === true) return [];
    if (textAt(document, ["controlPlaneEndpoint"]) !== undefined || isElsewhere(document, context)) return [];
    const sign = severalNodes(documents, context);
    return sign === undefined
      ? []
      : [missingAt(document, ["controlPlaneEndpoint"], { message: `is missing, but ${sign}`, remedy: KD03.remedy })];
  },
};

// The other document of a cluster may stand in a file of its own.
function isElsewhere(document: YamlObject, { node }: RuleContext): boolean {
  return (
    document.kind === "InitConfiguration" &&
    textAt(documentOf(node.kubeadm, "ClusterConfiguration"), ["kind"]) !== undefined
  );
}

/** What shows that there is to be more than one control-plane node. */
function severalNodes(documents: readonly YamlObject[], context: RuleContext): string | undefined {
  const { node, cluster } = context;
  const joining = [...documents, ...cluster.nodes.flatMap(({ kubeadm }) => kubeadm)].find(
    ({ kind, value }) => kind === "JoinConfiguration" && !isNothing(readPath(value, ["controlPlane"])),
  );
  if (joining !== undefined) return `another control-plane node joins (${joining.file})`;
  if (!isNothing(readPath(documentOf(documents, "InitConfiguration")?.value, ["certificateKey"])))
    return "certificateKey is there for others to join";
  const [address] = virtualAddresses(node);
  if (address !== undefined) return `there is a virtual IP, ${address.text}`;
  const [balancer] = balancerPorts(context);
  return balancer === undefined ? undefined : `${balancer.program} listens on ${balancer.port} (${balancer.file})`;
}
