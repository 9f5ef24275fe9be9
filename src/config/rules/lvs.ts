import type { Problem, Rule } from "../rule.ts";
import { refuseIf } from "./refuse.ts";

/** What is known of LVS here, and what it cannot do. */
export const lvs: Rule = {
  id: "lvs",
  summary: "lvs is experimental, and for one IPv4 address and the API servers' own port.",
  reason:
    "direct routing passes packets on as they are, so it changes no port (https://docs.kernel.org/networking/ipvs-sysctl.html has the settings); it was never rehearsed on a kernel with IPVS, and never with IPv6",
  check: ({ loadBalancer: { provider, port }, virtualIP, apiServerPort }) => {
    if (provider !== "lvs") return [];
    const experimental: Problem = {
      severity: "warning",
      path: "loadBalancer.provider",
      message: "lvs is experimental: nobody has rehearsed it",
      remedy: "use haproxy, unless you are here to try it",
    };
    return [
      experimental,
      ...refuseIf(
        virtualIP.addresses.some(({ family }) => family === 6),
        "virtualIP.addresses",
        ["has an IPv6 address, which lvs does not serve here", "use an IPv4 address alone, or haproxy"],
      ),
      ...refuseIf(port !== apiServerPort, "loadBalancer.port", [
        `${port} is another port than the API servers' ${apiServerPort}, and direct routing changes none`,
        `leave both at 6443, or use haproxy`,
      ]),
    ];
  },
};
