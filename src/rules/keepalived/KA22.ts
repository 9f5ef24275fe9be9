import type { FileRule } from "../rule.ts";

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
  check: ({ globals, instances, unread }) => {
    const [instance] = instances;
    const refreshed = instances.some(({ garpRefresh }) => garpRefresh !== undefined && garpRefresh.value > 0);
    if (instance === undefined || refreshed || unread.length > 0) return [];
    const zero = instance.garpRefresh ?? globals.garpRefresh;
    return [
      {
        position: (zero ?? globals.block ?? instance.keyword).position,
        path: "global_defs.vrrp_garp_master_refresh",
        message: `${instance.name.value} announces the virtual IP at takeover only`,
      },
    ];
  },
};
