import type { FileRule } from "../rule.ts";
import { instancePath } from "./place.ts";

export const KA14: FileRule = {
  id: "KA14",
  name: "multicast",
  aliases: ["VRRP-UNICAST"],
  scope: "keepalived",
  severity: "warning",
  summary: "Adverts go to the other nodes by unicast.",
  reason:
    "switches with IGMP snooping and cloud networks drop multicast, and any host on the segment can join in: https://www.keepalived.org/manpage.html",
  remedy: "write unicast_src_ip and a unicast_peer block with the addresses of the other nodes",
  check: (model) =>
    model.instances.flatMap((instance) => {
      const { peers } = instance;
      // An empty list may have held what a template should have written.
      if (peers !== undefined && (peers.length > 0 || model.residue.length > 0)) return [];
      return [
        {
          position: instance.keyword.position,
          path: instancePath(instance, "unicast_peer"),
          message:
            peers === undefined
              ? `${instance.name.value} sends its adverts to a multicast group`
              : `${instance.name.value} has no unicast peers, which means multicast`,
        },
      ];
    }),
};
