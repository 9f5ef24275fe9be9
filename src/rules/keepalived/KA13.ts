import type { KeepalivedModel, VrrpInstance } from "../../model/vrrp.ts";
import type { FileRule, Hit } from "../rule.ts";
import { instancePath } from "./place.ts";

export const KA13: FileRule = {
  id: "KA13",
  name: "virtual-router-id",
  aliases: ["vrid"],
  scope: "keepalived",
  severity: "warning",
  summary: "virtual_router_id is set, within 1 and 255, not every tutorial's 51, and used once on an interface.",
  reason:
    "routers with one number on a segment take each other's adverts for their own: «bogus VRRP packet received», or two holders: https://www.keepalived.org/manpage.html",
  remedy: "choose a number of your own that no other VRRP on the segment uses",
  check: (model) => model.instances.flatMap((instance) => problemOf(instance, model)),
};

function problemOf(instance: VrrpInstance, model: KeepalivedModel): readonly Hit[] {
  const { virtualRouterID, keyword, peers } = instance;
  const path = instancePath(instance, "virtual_router_id");
  if (virtualRouterID === undefined) {
    const hidden = model.residue.length > 0 || model.unread.length > 0;
    if (hidden) return [];
    return [
      {
        position: keyword.position,
        path,
        severity: "error",
        message: `${instance.name.value} has no virtual_router_id`,
      },
    ];
  }
  const { value, position } = virtualRouterID;
  if (!Number.isInteger(value) || value < 1 || value > 255)
    return [{ position, path, severity: "error", message: `virtual_router_id ${value} is not within 1 and 255` }];
  const earlier = model.instances
    .slice(0, model.instances.indexOf(instance))
    .find((other) => other.virtualRouterID?.value === value && isSameSegment(other, instance));
  if (earlier !== undefined)
    return [
      { position, path, severity: "error", message: `virtual_router_id ${value} is that of ${earlier.name.value} too` },
    ];
  if (value !== 51) return [];
  return [
    {
      position,
      path,
      message: "virtual_router_id 51 is the one of every tutorial",
      // Adverts go to the peers alone, and only theirs are read.
      ...(peers !== undefined && peers.length > 0 && { severity: "info" as const }),
    },
  ];
}

function isSameSegment(a: VrrpInstance, b: VrrpInstance): boolean {
  const family = ({ addresses }: VrrpInstance): boolean => addresses[0]?.address.value.includes(":") === true;
  return a.interface?.value === b.interface?.value && family(a) === family(b);
}
