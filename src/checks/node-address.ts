import type { NodeSpec } from "../config/spec.ts";
import type { NodeCheck, NodeProblem } from "./check.ts";
import { problemCall, variable } from "./shell.ts";

/** A script on the wrong server must not write there. */
export const nodeAddress: NodeCheck = {
  id: "NodeAddress",
  summary: "An address of the node is on this machine.",
  reason: "files of another node would give two machines one name, one rank and one advertised address",
  about: "machine",
  run: ({ node, facts }) => {
    const here = facts.addresses.some(({ address }) => node.addresses.some(({ text }) => text === address));
    const found = new Set(facts.addresses.filter(({ global }) => global).map(({ address }) => address));
    return here ? [] : [elsewhere(node, [...found].toSorted().join(", ") || nothing)];
  },
  shell: (_, node) => [
    "address_here=",
    'for address in $(ip -o addr show 2>/dev/null | while read -r _ _ _ address_length _; do printf "%s\\n" "${address_length%%/*}"; done); do',
    `  case $address in ${node.addresses.map(({ text }) => text).join(" | ")}) address_here=yes ;; esac`,
    "done",
    'if [ -z "$address_here" ]; then',
    "  address_all=",
    "  for address in $(",
    "    ip -o addr show 2>/dev/null | while read -r _ _ _ address_length address_rest; do",
    '      case $address_rest in *"scope global"*) printf "%s\\n" "${address_length%%/*}" ;; esac',
    "    done | LC_ALL=C sort -u",
    '  ); do address_all="${address_all:+$address_all, }$address"; done',
    `  address_all=\${address_all:-${nothing}}`,
    `  ${problemCall(elsewhere(node, variable("address_all")))}`,
    "fi",
  ],
};

const nothing = "none";

function elsewhere(node: NodeSpec, found: string): NodeProblem {
  const addresses = node.addresses.map(({ text }) => text);
  const what =
    addresses.length > 1
      ? `neither ${addresses.join(" nor ")}, the addresses of ${node.name}, is`
      : `${addresses.join("")}, the address of ${node.name}, is not`;
  return {
    name: "NodeAddress",
    severity: "error",
    message: `${what} on this machine, which has ${found}; is this the right machine?`,
  };
}
