import type { DraftRule } from "../rule.ts";
import { refuseIf } from "./refuse.ts";

/** kube-vip announces an address in one way. */
export const kubeVipMode: DraftRule = {
  id: "kube-vip-mode",
  summary: "kubeVip has the settings of one mode.",
  reason: "kube-vip ends at its start when two modes are on, and settings of a mode that is off would not hold",
  check: ({ kubeVip }) => {
    const mode = kubeVip?.mode ?? "arp";
    return [
      ...refuseIf(kubeVip?.bgp !== undefined && mode !== "bgp", "kubeVip.bgp", [
        `has settings of BGP, and kubeVip.mode is ${mode}`,
        "write mode: bgp, or remove the key: there is one mode",
      ]),
      ...refuseIf(kubeVip?.routingTable !== undefined && mode !== "routing-table", "kubeVip.routingTable", [
        `has settings of a routing table, and kubeVip.mode is ${mode}`,
        "write mode: routing-table, or remove the key: there is one mode",
      ]),
    ];
  },
};
