import type { V1EnvVar } from "@kubernetes/client-node";

import type { ClusterSpec } from "../../../config/spec.ts";
import { type AddressFamily, addressBits } from "../../../net/address.ts";
import type { Member } from "../member.ts";
import { isSince } from "../release.ts";

/** What makes kube-vip hold the virtual IP of the API servers. */
export function controlPlaneEnvironment({ spec }: Member): readonly V1EnvVar[] {
  const { dns } = spec.kubeVip;
  return [
    { name: "cp_enable", value: "true" },
    { name: "cp_namespace", value: "kube-system" },
    ...(dns?.dynamic === true ? [{ name: "vip_ddns", value: "true" }] : []),
  ];
}

/** The masks of the virtual IP, and which addresses of a name are meant. Never looked up: what a name means here may be another thing there. */
export function subnetEnvironment({ spec, job }: Member): readonly V1EnvVar[] {
  if (!job.controlPlane) return [];
  const { dns } = spec.kubeVip;
  return [
    // https://github.com/kube-vip/kube-vip/releases/tag/v0.9.0
    { name: isSince(spec, [0, 9, 0]) ? "vip_subnet" : "vip_cidr", value: families(spec).map(addressBits).join(",") },
    ...(dns === undefined ? [] : [{ name: "dns_mode", value: dns.mode }]),
  ];
}

/** kube-vip reads the first mask for IPv4 and the second for IPv6, whatever the order of the addresses. */
function families({ virtualIP, kubeVip: { dns } }: ClusterSpec): readonly AddressFamily[] {
  const given = virtualIP.addresses.map(({ family }) => family).toSorted((a, b) => a - b);
  if (dns === undefined) return given;
  if (dns.mode === "dual") return [4, 6];
  if (dns.mode === "ipv6") return [6];
  return dns.mode === "ipv4" || given.length === 0 ? [4] : given;
}
