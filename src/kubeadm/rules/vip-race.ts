import type { Rule } from "../../config/rule.ts";
import { vipRace } from "../versions.ts";

/** Releases whose `kubeadm init` fails when the VIP is a moment late. */
export const vipRaceRule: Rule = {
  id: "vip-race",
  summary: "kubeadm init does not need the virtual IP at the very moment at which the API server answers",
  reason:
    "some patch releases wait for the local API server only and then go to the endpoint at once (https://github.com/kubernetes/kubeadm/issues/3294)",
  check(spec) {
    if (vipRace(spec.kubernetesVersion) !== "immediate") return [];
    // keepalived holds the VIP without the API; kube-vip must first win a lease in it.
    const severity = spec.virtualIP.provider === "keepalived" ? "info" : "warning";
    const message = "VIP must answer right after the API server (kadm#3294); fixed in 1.34.8/1.35.5/1.36.1";
    const remedy = "install one of these or a later patch release";
    return [{ severity, path: "kubernetesVersion", message: `${spec.kubernetesVersion.text}: ${message}`, remedy }];
  },
};
