import { type ClusterSpec, runsOnHosts } from "../../config/spec.ts";
import { comment } from "../../render/text.ts";
import { serviceName, type ServiceUnit } from "../service-unit.ts";
import { redirectFamilies, redirectTable } from "./rules.ts";
import { redirectScriptPath } from "./script.ts";

/** The redirect as a service of systemd, also beside static pods: no image has nft. */
export function redirectService(spec: ClusterSpec): ServiceUnit {
  const { provider, redirectFrom } = spec.loadBalancer;
  return {
    name: "redirect",
    description: `Port ${redirectFrom} of the Kubernetes API's virtual IP (kubeadm-ha)`,
    whyAfter: "After those that flush the rules of others when they start.",
    after: [
      "network.target",
      "nftables.service",
      "firewalld.service",
      ...(runsOnHosts(spec) ? [serviceName(provider)] : []),
    ],
    service: [
      "Type=simple",
      `ExecStart=/bin/bash ${redirectScriptPath}`,
      ...comment("Where it was killed, too: no rule may lead to a balancer that nobody watches."),
      ...redirectFamilies(spec).map((family) => `ExecStopPost=-/usr/sbin/nft delete table ${family} ${redirectTable}`),
      "RestartSec=200ms",
      "TimeoutStopSec=5s",
    ],
    capabilities: ["NET_ADMIN"],
    noNewPrivileges: false,
  };
}
