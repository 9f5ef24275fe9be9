import { distributions } from "../../config/distributions.ts";
import { behaviour } from "../../config/kubernetes-behaviour.ts";
import type { Rule } from "../../config/rule.ts";
import { vipRace } from "../vip-race.ts";

/** admin.conf has no rights until kubeadm has used the virtual IP that kube-vip cannot bring up without them. */
export const bootstrapCredential: Rule = {
  id: "kube-vip-bootstrap-credential",
  summary:
    "a cluster is founded with super-admin.conf where kubeadm needs the virtual IP to give admin.conf its rights",
  reason:
    "kube-vip gets 403 for its lease, and kubeadm init waits for the virtual IP until its time is over (https://github.com/kube-vip/kube-vip/issues/684)",
  check: ({ virtualIP, kubeVip, kubernetesVersion, distribution, deployAs, kubeconfigPath }) =>
    distribution === "kubeadm" &&
    deployAs === "static-pod" &&
    kubeVip.election === "lease" &&
    kubeconfigPath === distributions.kubeadm.kubeconfig &&
    virtualIP.provider === "kube-vip" &&
    kubeVip.bootstrapCredential === "admin" &&
    behaviour(kubernetesVersion).superAdmin &&
    vipRace(kubernetesVersion) !== "not-needed"
      ? [
          {
            severity: "warning",
            path: "kubeVip.bootstrapCredential",
            message: `admin is right only for a cluster that exists: kubeadm init of ${kubernetesVersion.text} would never finish`,
            remedy: "leave it out until finalize.sh has run, and to found the cluster anew",
          },
        ]
      : [],
};
