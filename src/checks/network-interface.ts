import { type ClusterSpec, isAgentNode, nodeAddress, type NodeSpec } from "../config/spec.ts";
import { type Address, parseAddress, type Prefix, prefixContains } from "../net/address.ts";
import type { Lines } from "../render/text.ts";
import type { CheckSubject, NodeCheck, NodeProblem } from "./check.ts";
import type { InterfaceAddress } from "./facts.ts";
import { problemCall, variable } from "./shell.ts";

/** keepalived and kube-vip stop when the interface that they are told does not exist. */
export const networkInterface: NodeCheck = {
  id: "Interface",
  summary: "The interface of the virtual IP exists, is up, and is in the virtual IP's network.",
  reason: "the virtual IP is announced with ARP or neighbour discovery on this interface, to this segment only",
  about: "machine",
  run,
  shell,
};

function run({ spec, node, facts }: CheckSubject): readonly NodeProblem[] {
  const name = interfaceName(spec, node);
  if (name === undefined) return [];
  const found = facts.interfaces.find((candidate) => candidate.name === name);
  if (found === undefined) {
    const address = ownAddress(spec, node).text;
    const place = facts.addresses.find((candidate) => candidate.address === address)?.interface;
    return [place === undefined ? missing(name) : misnamed({ name, address, place })];
  }
  const own = facts.addresses.filter((candidate) => candidate.interface === name);
  return [
    ...(found.up ? [] : [down(name)]),
    ...spec.virtualIP.networks
      .filter((network) => !own.some((candidate) => isInside(candidate, network)))
      .map((network) => outside(name, network, ownAddresses(own, network.address) || nothing)),
  ];
}

function isInside({ address: text }: InterfaceAddress, network: Prefix): boolean {
  const address = parseAddress(text);
  return address !== undefined && text !== network.address.text && prefixContains(network, address);
}

function ownAddresses(own: readonly InterfaceAddress[], vip: Address): string {
  return own
    .filter(({ address, global }) => global && address.includes(":") === (vip.family === 6) && address !== vip.text)
    .map(({ address, prefixLength }) => `${address}/${prefixLength}`)
    .join(", ");
}

function shell(spec: ClusterSpec, node: NodeSpec): Lines {
  const name = interfaceName(spec, node);
  if (name === undefined) return [];
  const address = ownAddress(spec, node).text;
  return [
    `interface_line=$(ip -o link show dev ${name} 2>/dev/null)`,
    "interface_name=${interface_line#*: }",
    "interface_name=${interface_name%%[:@]*}",
    // The kernel also answers to alternative names, which keepalived does not know.
    `if [ "$interface_name" != ${name} ]; then`,
    "  interface_place=$(",
    "    ip -o addr show 2>/dev/null | while read -r _ interface_other _ interface_length _; do",
    `      case $interface_length in ${address} | ${address}/*) printf "%s\\n" "$interface_other" ;; esac`,
    "    done | head -n 1",
    "  )",
    '  if [ -n "$interface_place" ]; then',
    `    ${problemCall(misnamed({ name, address, place: variable("interface_place") }))}`,
    "  else",
    `    ${problemCall(missing(name))}`,
    "  fi",
    "  return",
    "fi",
    "interface_flags=${interface_line#*<}",
    'interface_flags=",${interface_flags%%>*},"',
    "interface_up=",
    "case $interface_flags in *,UP,*) case $interface_flags in *,LOWER_UP,*) interface_up=yes ;; esac ;; esac",
    `[ -n "$interface_up" ] || ${problemCall(down(name))}`,
    ...spec.virtualIP.networks.flatMap((network) => networkShell(name, network)),
  ];
}

function networkShell(name: string, network: Prefix): Lines {
  const { text, family } = network.address;
  return [
    "interface_inside=$(",
    `  ip -o addr show dev ${name} to ${text}/${network.length} 2>/dev/null | while read -r _ _ _ interface_length _; do`,
    `    case $interface_length in ${text} | ${text}/*) ;; *) printf yes ;; esac`,
    "  done",
    ")",
    'if [ -z "$interface_inside" ]; then',
    "  interface_all=",
    "  for interface_address in $(",
    `    ip -o addr show dev ${name} 2>/dev/null | while read -r _ _ interface_family interface_length interface_rest; do`,
    `      case "$interface_family $interface_rest" in "${family === 6 ? "inet6" : "inet"} "*"scope global"*) ;; *) continue ;; esac`,
    `      case $interface_length in ${text} | ${text}/*) continue ;; esac`,
    // With a peer the prefix length stands behind the peer's address.
    "      case $interface_rest in",
    '        "peer "*) interface_rest=${interface_rest#*/} && interface_length=$interface_length/${interface_rest%% *} ;;',
    "      esac",
    '      printf "%s\\n" "$interface_length"',
    "    done",
    '  ); do interface_all="${interface_all:+$interface_all, }$interface_address"; done',
    `  interface_all=\${interface_all:-${nothing}}`,
    `  ${problemCall(outside(name, network, variable("interface_all")))}`,
    "fi",
  ];
}

const nothing = "none";

function interfaceName(spec: ClusterSpec, node: NodeSpec): string | undefined {
  return isAgentNode(spec, node) ? node.interface : undefined;
}

function ownAddress(spec: ClusterSpec, node: NodeSpec): Address {
  return nodeAddress(node, spec.virtualIP.addresses[0]);
}

function problem(name: string, message: string): NodeProblem {
  return { name: `Interface-${name}`, severity: "error", message };
}

function missing(name: string): NodeProblem {
  return problem(name, `this machine has no interface ${name} for the virtual IP: correct interface: in ha.yaml`);
}

function misnamed({ name, address, place }: Record<"name" | "address" | "place", string>): NodeProblem {
  return problem(
    name,
    `this machine has no interface ${name} for the virtual IP; ${address} is on ${place}: write interface: ${place} for this node in ha.yaml`,
  );
}

function down(name: string): NodeProblem {
  return problem(
    name,
    `${name} is down or has no link, so it cannot carry the virtual IP: ip link set ${name} up, then look at cable and switch`,
  );
}

function outside(name: string, { address, length }: Prefix, found: string): NodeProblem {
  return problem(
    name,
    `${name} has no address in the network of the virtual IP, ${address.text}/${length} (its IPv${address.family} addresses: ${found}): correct interface: or the virtual IP in ha.yaml`,
  );
}
