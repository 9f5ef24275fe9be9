import type { Rule } from "../../config/rule.ts";
import { vipRace, vipRaceText } from "../vip-race.ts";

/** A DaemonSet comes after kubeadm init, so init must not need the virtual IP. */
export const daemonSetBootstrap: Rule = {
  id: "daemon-set-bootstrap",
  summary: "a cluster whose virtual IP is held by a DaemonSet is founded by a kubeadm that needs no virtual IP",
  reason:
    "nothing runs a DaemonSet before the control plane is there, and older releases of kubeadm init end without the endpoint (https://github.com/kubernetes/kubernetes/pull/138449)",
  check: ({ distribution, deployAs, virtualIP, kubernetesVersion }) =>
    distribution === "kubeadm" &&
    deployAs === "daemon-set" &&
    virtualIP.provider === "kube-vip" &&
    vipRace(kubernetesVersion) !== "not-needed"
      ? [
          {
            severity: "error",
            path: "deployAs",
            message: `kubeadm init of ${kubernetesVersion.text} needs the virtual IP before it can run a DaemonSet`,
            remedy: `use static-pod, or a release in which this is ${vipRaceText}`,
          },
        ]
      : [],
};
