import { type ClusterSpec, hasDedicatedBalancers, type NodeSpec } from "../../config/spec.ts";
import { factMarker } from "../../plan/plan.ts";
import { generatedBy } from "../../render/generated-by.ts";

/**
 * Whether a machine that gave up the virtual IP must be told to pass on what still comes to it. Nodes of a cluster do
 * so by themselves, since kubeadm demands `net.ipv4.ip_forward`. For IPv6 it would cost the machine the default
 * route that it learned from a router: https://docs.kernel.org/networking/ip-sysctl.html (forwarding, accept_ra).
 */
export function needsForwarding(spec: ClusterSpec): boolean {
  const { loadBalancer, virtualIP } = spec;
  return (
    hasDedicatedBalancers(spec) &&
    virtualIP.provider === "keepalived" &&
    loadBalancer.provider !== "lvs" &&
    virtualIP.addresses.some(({ family }) => family === 4)
  );
}

/** The kernel's settings for that, of one node. */
export function forwardingSettings(node: NodeSpec): string {
  return `# ${generatedBy}
# After a network split that ends, the winner may not hear the loser's last advert, which waits for ARP, and then does
# not announce itself: clients go on to send to the loser. It passes that on to the winner, which answers.
# https://docs.kernel.org/networking/ip-sysctl.html
net/ipv4/conf/${node.interface ?? factMarker("interface")}/forwarding = 1
`;
}
