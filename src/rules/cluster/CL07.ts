import type { VirtualAddress } from "../../model/vrrp.ts";
import type { FileRule, Hit } from "../rule.ts";
import { instancePath } from "../keepalived/place.ts";
import { bareAddress, type Member, namesakesOf } from "../keepalived/siblings.ts";
import { oddOnes } from "./odd-ones.ts";

export const CL07: FileRule = {
  id: "CL07",
  name: "virtual-ip-differs",
  scope: "cluster",
  severity: "error",
  summary: "The nodes of a virtual router have the same virtual IPs.",
  reason:
    "keepalived drops adverts with other addresses than its own, so every node becomes holder: https://www.rfc-editor.org/rfc/rfc3768#section-7.1",
  remedy: "write the same virtual IPs on every node",
  check: (cluster) =>
    namesakesOf(cluster).flatMap((members) => [
      ...compare(members, "addresses"),
      ...compare(members, "excludedAddresses"),
    ]),
};

function compare(members: readonly Member[], list: "addresses" | "excludedAddresses"): readonly Hit[] {
  const textOf = (entries: readonly VirtualAddress[]): string =>
    entries
      .map(({ address }) => bareAddress(address.value))
      .toSorted()
      .join(", ");
  const readable = members.filter(({ model }) => model.residue.length === 0);
  const found = oddOnes(readable, ({ instance }) => textOf(instance[list]));
  return (found?.odd ?? []).map(({ member: { instance }, value }) => ({
    position: (instance[list][0]?.address ?? instance.keyword).position,
    path: instancePath(instance, list === "addresses" ? "virtual_ipaddress" : "virtual_ipaddress_excluded"),
    message: `the virtual IP is ${value || "none"} here and ${(found?.measure ?? "") || "none"} on ${found?.first.node}`,
  }));
}
