import { type ClusterSpec, isAgentNode, type NodeSpec } from "../config/spec.ts";
import type { Lines } from "../render/text.ts";
import type { NodeFacts } from "./facts.ts";
import type { NodeCheck, NodeProblem } from "./check.ts";
import { problemCall } from "./shell.ts";

/** Where the network delivers to the machine it was told of, an address cannot move by itself. */
export const cloudNetwork: NodeCheck = {
  id: "CloudNetwork",
  summary: "The machine's network is one in which an address can move to another machine.",
  reason:
    "the networks of clouds deliver an address to the machine for which it was registered; they drop gratuitous ARP and neighbour advertisements: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html, https://docs.openstack.org/neutron/latest/admin/config-address-scopes.html",
  about: "machine",
  run: ({ spec, node, facts }) => {
    const found = clouds.find((cloud) => cloud.matches(facts));
    return found === undefined || !movesAddress(spec, node) ? [] : [problem(found)];
  },
  shell: (spec, node) => (movesAddress(spec, node) ? shell() : []),
};

// Routers are told by routes, which no fabric drops by itself.
function movesAddress(spec: ClusterSpec, node: NodeSpec): boolean {
  const { virtualIP, kubeVip } = spec;
  const announces =
    virtualIP.provider === "keepalived" || (virtualIP.provider === "kube-vip" && kubeVip.mode === "arp");
  return announces && isAgentNode(spec, node);
}

interface Cloud {
  readonly name: string;
  readonly severity: NodeProblem["severity"];
  readonly instead: string;
  /** What the firmware says, as a pattern of sh. */
  readonly file: "sys_vendor" | "product_name" | "chassis_asset_tag";
  readonly text: string;
  matches(facts: NodeFacts): boolean;
}

const clouds: readonly Cloud[] = [
  cloud("Amazon EC2", "sys_vendor", "Amazon EC2"),
  cloud("Google Compute Engine", "sys_vendor", "Google"),
  // Every Hyper-V has Microsoft's name; the tag is Azure's: https://learn.microsoft.com/azure/virtual-machines/instance-metadata-service
  cloud("Azure", "chassis_asset_tag", "7783-7084-3265-9085-8269-3286-77"),
  cloud("Hetzner Cloud", "sys_vendor", "Hetzner"),
  cloud("DigitalOcean", "sys_vendor", "DigitalOcean"),
  {
    ...cloud("OpenStack", "product_name", "OpenStack Nova"),
    severity: "warning",
    instead:
      "add the virtual IP to allowed_address_pairs of every control-plane node's port, or use the cloud's load balancer with loadBalancer.provider external",
  },
];

function cloud(name: string, file: Cloud["file"], text: string): Cloud {
  return {
    name,
    file,
    text,
    severity: "error",
    instead: "use the cloud's layer-4 load balancer: loadBalancer.provider external",
    matches: ({ firmware }) => firmware[file] === text,
  };
}

function shell(): Lines {
  return clouds.map(
    (found) =>
      `[ "$(cat /sys/class/dmi/id/${found.file} 2>/dev/null)" != '${found.text}' ] || ${problemCall(problem(found))}`,
  );
}

function problem({ name, severity, instead }: Cloud): NodeProblem {
  return {
    name: "CloudNetwork",
    severity,
    message: `this machine runs in ${name}, whose network does not let an address move to another machine by itself: ${instead}`,
  };
}
