import type { FileRule } from "../rule.ts";
import { instancePath } from "../keepalived/place.ts";
import { routersOf } from "../keepalived/siblings.ts";
import { oddOnes } from "./odd-ones.ts";

export const CL01: FileRule = {
  id: "CL01",
  name: "virtual-router-id-differs",
  scope: "cluster",
  severity: "error",
  summary: "The nodes of a virtual router have one virtual_router_id.",
  reason:
    "adverts of another number are somebody else's: every node takes the virtual IP: https://www.rfc-editor.org/rfc/rfc5798#section-5.2.3",
  remedy: "write the same virtual_router_id on every node",
  check: (cluster) =>
    routersOf(cluster).flatMap((members) => {
      const found = oddOnes(members, ({ instance }) => instance.virtualRouterID?.value);
      return (found?.odd ?? []).map(({ member: { instance }, value }) => ({
        position: (instance.virtualRouterID ?? instance.keyword).position,
        path: instancePath(instance, "virtual_router_id"),
        message: `virtual_router_id is ${value} here and ${found?.measure} on ${found?.first.node}`,
      }));
    }),
};
