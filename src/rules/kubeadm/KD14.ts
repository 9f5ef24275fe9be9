import { readPath } from "../../config/paths.ts";
import { roomForNodes } from "../../kubeadm/subnet-size.ts";
import type { YamlObject } from "../../model/kubernetes.ts";
import type { FileRule, Hit, RuleContext } from "../rule.ts";
import { complaints } from "./complaints.ts";
import { documentOf, hitAt, textAt } from "./documents.ts";
import { knownNodes } from "./surroundings.ts";

export const KD14: FileRule = {
  id: "KD14",
  name: "subnet-size",
  scope: "kubeadm",
  severity: "error",
  summary:
    "podSubnet and serviceSubnet are one network, or one of each family, of a size that kubeadm and the nodes need.",
  reason:
    "the service network is held in a bitmap, the pod network is cut into one piece a node, and a node without one never gets ready: https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/apis/kubeadm/validation/validation.go",
  remedy: "write networks such as 10.244.0.0/16 and 10.96.0.0/12",
  check(documents, context) {
    const refused = complaints(documents, context, ["subnet"]);
    return refused.some(({ path }) => path.endsWith("podSubnet"))
      ? refused
      : [...refused, ...tooFewPieces(documents, context)];
  },
};

function tooFewPieces(documents: readonly YamlObject[], context: RuleContext): readonly Hit[] {
  const document = documentOf(documents, "ClusterConfiguration");
  const path = ["networking", "podSubnet"];
  const value = textAt(document, path);
  if (document === undefined || value === undefined) return [];
  const room = roomForNodes({ value, args: readPath(document.value, ["controllerManager", "extraArgs"]) });
  const nodes = knownNodes(context);
  if (room === undefined || room >= nodes) return [];
  const message = `${value} has room for ${room} node${room === 1 ? "" : "s"}, and there are ${nodes}`;
  return [hitAt({ document, path }, { message, remedy: "write a larger network, such as a /16" })];
}
