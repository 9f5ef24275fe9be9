import { distributions } from "../distributions.ts";
import type { Rule } from "../rule.ts";
import { refuseIf } from "./refuse.ts";

/** What is done on a node is done for kubeadm: checks, roles, join secrets and the way back. */
export const kubeadmNodes: Rule = {
  id: "kubeadm-nodes",
  summary: "Nodes are prepared, and scripts and user data are made, for kubeadm with its own paths.",
  reason:
    "preflight, roles, join secrets and reset follow kubeadm; on other distributions the files of render are put in place as they are",
  check: ({ distribution, staticPodPath }) => [
    ...refuseIf(distribution !== "kubeadm", "distribution", [
      `nodes of ${distribution} are not prepared by this tool`,
      "kubeadm-ha render -o DIR makes their files, and DIR/RUNBOOK.md says where they go",
    ]),
    ...refuseIf(distribution === "kubeadm" && staticPodPath !== distributions.kubeadm.staticPods, "staticPodPath", [
      `nodes are prepared with static pods in ${distributions.kubeadm.staticPods}, where kubeadm has its own`,
      "kubeadm-ha render -o DIR makes the files for another directory",
    ]),
  ],
};
