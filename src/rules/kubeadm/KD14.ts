import type { FileRule } from "../rule.ts";
import { complaints } from "./complaints.ts";

export const KD14: FileRule = {
  id: "KD14",
  name: "subnet-size",
  scope: "kubeadm",
  severity: "error",
  summary: "podSubnet and serviceSubnet are one network, or one of each family, of a size that kubeadm accepts.",
  reason:
    "the service network is held in a bitmap, the pod network is cut into one piece a node (https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/apis/kubeadm/validation/validation.go)",
  remedy: "write networks such as 10.244.0.0/16 and 10.96.0.0/12",
  check: (documents, context) => complaints(documents, context, ["subnet"]),
};
