import type { ClusterSpec } from "../config/spec.ts";

/** All addresses of the families that the VIPs have, `*` for both; the VIP itself is absent from all nodes but one, so it cannot be named. */
export function listenAddress(spec: ClusterSpec): "0.0.0.0" | "::" | "*" {
  const families = new Set(spec.virtualIP.addresses.map(({ family }) => family));
  if (!families.has(6)) return "0.0.0.0";
  return families.has(4) ? "*" : "::";
}
