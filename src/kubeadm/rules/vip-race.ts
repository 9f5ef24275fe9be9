import type { Rule } from "../../config/rule.ts";
import { vipRace, vipRaceText } from "../vip-race.ts";

/** Releases whose `kubeadm init` fails when the VIP is a moment late. */
export const vipRaceRule: Rule = {
  id: "vip-race",
  summary: "kubeadm init does not need the virtual IP at the very moment at which the API server answers",
  reason:
    "some patch releases wait for the local API server only and then go to the endpoint at once (https://github.com/kubernetes/kubeadm/issues/3294)",
  check({ kubernetesVersion, virtualIP, distribution }) {
    if (distribution !== "kubeadm" || vipRace(kubernetesVersion) !== "immediate") return [];
    // kube-vip must first win a lease in the API that has just come up, so there the VIP is the later one.
    const late =
      virtualIP.provider === "kube-vip"
        ? "VIP must answer right after the API server (kadm#3294)"
        : "init does not wait for the VIP: it must answer right after the API server (kadm#3294)";
    return [
      {
        severity: "warning",
        path: "kubernetesVersion",
        message: `${kubernetesVersion.text}: ${late}; ${vipRaceText}`,
        remedy: "install one of these or a later patch release",
      },
    ];
  },
};
