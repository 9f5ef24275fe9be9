import type { NodeCheck, NodeProblem } from "./check.ts";
import { problemCall, variable } from "./shell.ts";

/** Two machines with one address, or two agents that move it. */
export const virtualIPPresent: NodeCheck = {
  id: "VirtualIPPresent",
  summary: "A machine that we have not prepared has no virtual IP.",
  reason: "who has put it there will go on doing so, and an address that was left behind answers beside the holder's",
  about: "machine",
  run: ({ spec, facts }) =>
    facts.prepared
      ? []
      : spec.virtualIP.addresses.flatMap(({ text }) =>
          facts.addresses
            .filter(({ address }) => address === text)
            .map((found) => present(text, String(found.prefixLength), found.interface)),
        ),
  shell: (spec) =>
    spec.virtualIP.addresses.length === 0
      ? []
      : [
          '[ -z "$prepared" ] || return 0',
          ...spec.virtualIP.addresses.flatMap(({ text }) => [
            "for vip_place in $(",
            "  ip -o addr show 2>/dev/null | while read -r _ vip_other _ vip_address vip_rest; do",
            `    case $vip_address in ${text} | ${text}/*) ;; *) continue ;; esac`,
            // With a peer the prefix length stands behind the peer's address.
            "    case $vip_address in */*) ;; *) vip_rest=${vip_rest#*/} && vip_address=/${vip_rest%% *} ;; esac",
            '    printf "%s\\n" "${vip_address#*/}@$vip_other"',
            "  done",
            "); do",
            "  vip_length=${vip_place%%@*}",
            "  vip_interface=${vip_place#*@}",
            `  ${problemCall(present(text, variable("vip_length"), variable("vip_interface")))}`,
            "done",
          ]),
        ],
};

function present(address: string, length: string, place: string): NodeProblem {
  return {
    name: "VirtualIPPresent",
    severity: "error",
    message: `${address} is on ${place} already, and not from kubeadm-ha: stop the program that holds it, or if none does: ip addr del ${address}/${length} dev ${place}`,
  };
}
