import { unknownKindSaying } from "../../kubeadm/unknown-kind.ts";
import type { YamlObject } from "../../model/kubernetes.ts";
import type { FileRule, Hit } from "../rule.ts";
import { hitAt } from "./documents.ts";

export const KD16: FileRule = {
  id: "KD16",
  name: "unknown-kind",
  scope: "kubeadm",
  severity: "error",
  summary: "Every document for kubeadm has an apiVersion and a kind that kubeadm reads.",
  reason:
    "kubeadm stops at a document without kind or group, and takes defaults for what one of an unknown kind says (https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/util/marshal.go)",
  remedy: "write kind and apiVersion, or move the document into another file",
  check: (documents) => documents.flatMap(judge),
};

function judge(document: YamlObject): readonly Hit[] {
  const { apiVersion, kind } = document;
  const lacking = [apiVersion === undefined && "apiVersion", kind === undefined && "kind"].filter((name) => name);
  if (apiVersion === undefined || kind === undefined)
    return [
      hitAt(
        { document, path: [] },
        {
          message: `has no ${lacking.join(" and no ")}, so kubeadm refuses the whole file`,
          remedy: "write what it is, or remove it",
        },
      ),
    ];
  const unknown = unknownKindSaying(apiVersion, kind);
  if (unknown !== undefined) return [hitAt({ document, path: ["kind"] }, unknown)];
  if (/^(?:kubeadm|kubelet\.config|kubeproxy\.config)\.k8s\.io\//.test(apiVersion)) return [];
  const message = apiVersion.includes("/")
    ? `kubeadm knows no ${apiVersion} and ignores the document, if it does not refuse the file`
    : `${apiVersion} has no group, so kubeadm refuses the whole file`;
  return [hitAt({ document, path: ["apiVersion"] }, { message, remedy: "move it into a file of its own" })];
}
