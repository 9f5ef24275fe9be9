import type { KeepalivedModel, VrrpInstance } from "../../model/vrrp.ts";
import type { ClusterPicture } from "../../model/picture.ts";
import type { FileRule, Hit } from "../rule.ts";
import { instancePath } from "./place.ts";
import { membersOf, siblingsOf } from "./siblings.ts";

export const KA13: FileRule = {
  id: "KA13",
  name: "virtual-router-id",
  aliases: ["vrid", "VRRP-VRID-DEFAULT", "VRID-COLLISION"],
  scope: "keepalived",
  severity: "warning",
  summary: "virtual_router_id is set, within 1 and 255, not every tutorial's 51, and used once on an interface.",
  reason:
    "routers with one number on a segment take each other's adverts for their own: «bogus VRRP packet received», or two holders: https://www.keepalived.org/manpage.html",
  remedy: "choose a number of your own that no other VRRP on the segment uses",
  check: (model, { cluster }) =>
    model.instances.flatMap((instance) => {
      const own = problemOf(instance, model);
      return own.length > 0 ? own : foreignHits(instance, { model, cluster });
    }),
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

// Two virtual routers that multicast with one number hear each other; the later one is told.
function foreignHits(
  instance: VrrpInstance,
  { model, cluster }: { readonly model: KeepalivedModel; readonly cluster: ClusterPicture },
): readonly Hit[] {
  const { virtualRouterID, addresses, peers } = instance;
  if (virtualRouterID === undefined || peers !== undefined || addresses.length === 0) return [];
  const own = new Set(siblingsOf(instance, cluster).map((member) => member.instance));
  const other = membersOf(cluster).find(
    (member) =>
      member.model.file < model.file &&
      member.instance.virtualRouterID?.value === virtualRouterID.value &&
      member.instance.peers === undefined &&
      member.instance.addresses.length > 0 &&
      member.instance.name.value !== instance.name.value &&
      !own.has(member.instance) &&
      isSameSegment(member.instance, instance),
  );
  if (other === undefined) return [];
  return [
    {
      position: virtualRouterID.position,
      path: instancePath(instance, "virtual_router_id"),
      severity: "error",
      message: `virtual_router_id ${virtualRouterID.value} is that of ${other.instance.name.value} on ${other.node} too`,
    },
  ];
}

function isSameSegment(a: VrrpInstance, b: VrrpInstance): boolean {
  const family = ({ addresses }: VrrpInstance): boolean => addresses[0]?.address.value.includes(":") === true;
  return a.interface?.value === b.interface?.value && family(a) === family(b);
}
