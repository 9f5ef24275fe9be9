import type { V1EnvVar } from "@kubernetes/client-node";

import type { Member } from "../member.ts";

/** The Lease in kube-system whose holder has the VIP. */
export const leaseName = "plndr-cp-lock";

/** The variables of the election, where there is one. */
export function electionEnvironment(member: Member): readonly V1EnvVar[] {
  if (!elects(member)) return [];
  const { kubeVip } = member.spec;
  return [
    { name: "vip_leaderelection", value: "true" },
    ...(member.job.controlPlane ? [{ name: "vip_leasename", value: leaseName }] : []),
    { name: "vip_leaseduration", value: String(kubeVip.leaseDurationSeconds) },
    { name: "vip_renewdeadline", value: String(kubeVip.renewDeadlineSeconds) },
    { name: "vip_retryperiod", value: String(kubeVip.retryPeriodSeconds) },
  ];
}

/**
 * One holder at a time. With BGP every node announces the address and routers spread over them, and a routing
 * table is a node's own: there nobody is elected, but for the services of a routing table.
 */
export function elects({ spec: { kubeVip }, job }: Pick<Member, "spec" | "job">): boolean {
  return kubeVip.mode === "arp" || (kubeVip.mode === "routing-table" && job.services);
}
