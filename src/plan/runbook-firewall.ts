import type { PortUse } from "../components/component.ts";
import { components } from "../components/index.ts";
import { hasExternalEtcd } from "../config/kubeadm-documents.ts";
import { needsForwarding } from "../components/keepalived/forwarding.ts";
import { agentNodes, type ClusterSpec, hasDedicatedBalancers, nodeAddress, runsOnHosts } from "../config/spec.ts";

/** The section about what must be let through, and for services of the host the commands for it. */
export function firewall(spec: ClusterSpec): string {
  const isDedicated = hasDedicatedBalancers(spec);
  const apiServer: PortUse = {
    port: spec.apiServerPort,
    protocol: "tcp",
    from: spec.loadBalancer.provider === "none" ? "clients" : "nodes and pods",
    why: "the API servers themselves, which the service `kubernetes` names to every pod",
  };
  const open = [...(isDedicated ? [] : [apiServer]), ...ports(spec)];
  const reasons = new Map<string, string[]>();
  for (const { port, protocol, from, why } of open) {
    const row = `| ${protocol === "ip" ? `IP protocol ${port}` : `${port}/${protocol}`} | ${from} |`;
    reasons.set(row, [...(reasons.get(row) ?? []), why]);
  }
  const etcd = hasExternalEtcd(spec) ? "" : "2379-2380/tcp between the control-plane nodes, ";
  const rest = isDedicated
    ? `The control-plane nodes need ${spec.apiServerPort}/tcp from ${spec.loadBalancer.provider === "lvs" ? "clients, " : ""}nodes, pods and load balancers, and what Kubernetes itself needs: ${etcd}10250/tcp between the nodes.`
    : `Besides these, what Kubernetes itself needs: ${etcd}10250/tcp between the nodes.`;
  return `## #. Firewall of the ${isDedicated ? "load-balancer" : "control-plane"} nodes

| open | from | for |
|---|---|---|
${[...reasons].map(([row, whys]) => `${row} ${whys.join("; ")} |`).join("\n")}

${rest}${runsOnHosts(spec) ? `\n\n${examples(spec)}` : ""}`;
}

function ports(spec: ClusterSpec): readonly PortUse[] {
  return components
    .filter(({ place }) => place === "agents" || (place === "control-plane" && !hasDedicatedBalancers(spec)))
    .filter((component) => component.appliesTo(spec))
    .flatMap((component) => component.ports(spec))
    .filter(({ from }) => from !== "loopback");
}

// The service must start without it: a firewall is the operator's.
function examples(spec: ClusterSpec): string {
  const clients = ports(spec).filter(({ protocol }) => protocol === "tcp");
  const addresses = agentNodes(spec).map((node) => nodeAddress(node, spec.virtualIP.addresses[0]));
  const family = addresses[0]?.family === 6 ? "ipv6" : "ipv4";
  // A machine that lost the virtual IP passes on what still comes to it, and nothing else need pass.
  const virtual = needsForwarding(spec) ? spec.virtualIP.addresses.filter((address) => address.family === 4) : [];
  const forwarded = virtual.flatMap(({ text: address }) => clients.map(({ port }) => ({ port, address })));
  const firewalld = [
    ...clients.map(({ port }) => `firewall-cmd --permanent --add-port=${port}/tcp`),
    ...addresses.map(
      ({ text }) =>
        `firewall-cmd --permanent --add-rich-rule='rule family="${family}" source address="${text}" protocol value="112" accept'`,
    ),
    ...(forwarded.length > 0 ? ["firewall-cmd --permanent --add-forward"] : []),
    // Answers take another way, so all but the first packet would count as invalid, which firewalld drops.
    ...forwarded.map(
      ({ port, address }) =>
        `firewall-cmd --permanent --direct --add-rule ipv4 raw PREROUTING 0 -d ${address} -p tcp --dport ${port} -m addrtype ! --dst-type LOCAL -j NOTRACK`,
    ),
    "firewall-cmd --reload",
  ];
  const ufw = [
    ...clients.map(({ port }) => `ufw allow ${port}/tcp`),
    ...addresses.map(({ text }) => `ufw allow proto vrrp from ${text}  # ufw 0.36.2 and later`),
    ...forwarded.map(({ port, address }) => `ufw route allow proto tcp to ${address} port ${port}`),
  ];
  const ip = family === "ipv4" ? "ip" : "ip6";
  const protocol = family === "ipv4" ? "ip protocol 112" : "ip6 nexthdr 112";
  const nftables = [
    ...clients.map(({ port }) => `nft add rule inet filter input tcp dport ${port} accept`),
    `nft add rule inet filter input ${ip} saddr { ${addresses.map(({ text }) => text).join(", ")} } ${protocol} accept`,
    ...forwarded.map(
      ({ port, address }) => `nft insert rule inet filter forward ip daddr ${address} tcp dport ${port} accept`,
    ),
  ];
  return [
    ["firewalld", firewalld],
    ["ufw", ufw],
    ["nftables, with the usual chains of `inet filter`", nftables],
  ]
    .map(([name, lines]) => `With ${String(name)}:\n\n\`\`\`sh\n${[lines].flat().join("\n")}\n\`\`\``)
    .join("\n\n");
}
