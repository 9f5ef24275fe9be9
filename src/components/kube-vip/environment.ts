import type { V1EnvVar } from "@kubernetes/client-node";

import type { ClusterSpec, NodeSpec } from "../../config/spec.ts";
import { type Address, addressBits } from "../../net/address.ts";

/** kube-vip's settings. Every value is a string and every name occurs once; what the user adds in extraEnv replaces ours. */
export function kubeVipEnvironment(spec: ClusterSpec, node: NodeSpec): V1EnvVar[] {
  const { kubeVip } = spec;
  const ours: readonly V1EnvVar[] = [
    { name: "vip_arp", value: "true" },
    { name: "port", value: String(spec.apiServerPort) },
    { name: "vip_nodename", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
    ...(node.interface === undefined ? [] : [{ name: "vip_interface", value: node.interface }]),
    { name: subnetName(spec.images.kubeVip), value: subnet(spec) },
    { name: "cp_enable", value: "true" },
    { name: "cp_namespace", value: "kube-system" },
    { name: "vip_leaderelection", value: "true" },
    { name: "vip_leasename", value: leaseName },
    { name: "vip_leaseduration", value: String(kubeVip.leaseDurationSeconds) },
    { name: "vip_renewdeadline", value: String(kubeVip.renewDeadlineSeconds) },
    { name: "vip_retryperiod", value: String(kubeVip.retryPeriodSeconds) },
    {
      name: "address",
      value: inFamilyOrder(spec)
        .map(({ text }) => text)
        .join(","),
    },
    // Empty would be ignored and leave the default :2112; an argument switches metrics off.
    ...(kubeVip.metricsAddress === "" ? [] : [{ name: "prometheus_server", value: kubeVip.metricsAddress }]),
  ];
  const extra = Object.keys(kubeVip.extraEnv).toSorted();
  return [
    ...ours.filter(({ name }) => !extra.includes(name)),
    ...extra.map((name) => ({ name, value: kubeVip.extraEnv[name] ?? "" })),
  ];
}

/** The Lease in kube-system whose holder has the VIP. */
export const leaseName = "plndr-cp-lock";

/** kube-vip reads the first mask for IPv4 and the second for IPv6, whatever the order of the addresses. */
function subnet(spec: ClusterSpec): string {
  return inFamilyOrder(spec)
    .map(({ family }) => addressBits(family))
    .join(",");
}

function inFamilyOrder(spec: ClusterSpec): readonly Address[] {
  return spec.virtualIP.addresses.toSorted((a, b) => a.family - b.family);
}

/** v0.9.0 renamed vip_cidr: https://github.com/kube-vip/kube-vip/releases/tag/v0.9.0 */
function subnetName(image: string): "vip_subnet" | "vip_cidr" {
  const tag = /:v?0\.(\d+)\.[^:/]*$/.exec(image.replace(/@.*$/, ""));
  return tag !== null && Number(tag[1]) < 9 ? "vip_cidr" : "vip_subnet";
}
