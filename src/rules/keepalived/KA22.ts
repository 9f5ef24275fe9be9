import type { FileRule } from "../rule.ts";
import { instancePath } from "./place.ts";

export const KA22: FileRule = {
  id: "KA22",
  name: "garp-refresh",
  aliases: ["garp"],
  scope: "keepalived",
  severity: "info",
  summary: "The holder announces the virtual IP again and again.",
  reason:
    "a switch or client that missed the announcement, or believed another holder after a split, keeps the wrong entry until it ages: https://www.keepalived.org/manpage.html",
  remedy: "write vrrp_garp_master_refresh 60 into global_defs",
  check: (model) =>
    model.instances.flatMap((instance) => {
      const { garpRefresh } = instance;
      if ((garpRefresh !== undefined && garpRefresh.value > 0) || model.unread.length > 0) return [];
      return [
        {
          position: (garpRefresh ?? instance.keyword).position,
          path: instancePath(instance, "garp_master_refresh"),
          message: `${instance.name.value} announces the virtual IP at takeover only`,
        },
      ];
    }),
};
