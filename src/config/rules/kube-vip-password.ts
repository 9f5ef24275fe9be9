import type { DraftRule } from "../rule.ts";
import { refuseIf } from "./refuse.ts";

/** A secret in a pod's environment is read by everybody who may read pods. */
export const kubeVipPassword: DraftRule = {
  id: "kube-vip-password",
  summary: "The password of a BGP session stands in no manifest.",
  reason:
    "kube-vip takes it from the environment, which the pod shows in the API, or from a file of peers that replaces all variables about peers: https://github.com/kube-vip/kube-vip/blob/v1.2.1/cmd/kube-vip.go",
  check: ({ kubeVip }) =>
    (kubeVip?.bgp?.peers ?? []).flatMap(({ passwordFile }, index) =>
      refuseIf(passwordFile !== undefined, `kubeVip.bgp.peers[${index}].passwordFile`, [
        "a password would stand in the pod, where everybody who may read pods sees it",
        "leave it out, and give kube-vip a file with its peers by a patch: docs/kube-vip.md shows how",
      ]),
    ),
};
