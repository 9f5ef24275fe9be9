import type { DraftRule } from "../rule.ts";

/** LVS in the two topologies that cannot work. */
export const lvsTopology: DraftRule = {
  id: "lvs-topology",
  summary: "lvs runs on load-balancer nodes of its own and leaves the port as it is.",
  reason:
    "beside API servers a backup director balances packets that were sent to it once more, and its own clients talk from the virtual IP, which the real server has too (LVS-HOWTO, chapter 9); NAT needs the director as the servers' gateway, else their answers go past it and clients reset; direct routing cannot change the port",
  check: ({ loadBalancer, nodes = [] }) => {
    if (loadBalancer?.provider !== "lvs") return [];
    const dedicated = nodes.some(({ role }) => role === "load-balancer");
    return [
      ...(dedicated
        ? []
        : [
            {
              severity: "error" as const,
              path: "loadBalancer.provider",
              message: "lvs beside the API servers sends packets in circles, and its NAT loses the answers",
              remedy: "use haproxy here; lvs is for load-balancer nodes of its own, in direct routing",
            },
          ]),
      ...(loadBalancer.port === undefined || loadBalancer.port === 6443
        ? []
        : [
            {
              severity: "error" as const,
              path: "loadBalancer.port",
              message: `${loadBalancer.port} is another port than the API servers', and direct routing changes none`,
              remedy: "leave it out, or use haproxy",
            },
          ]),
    ];
  },
};
