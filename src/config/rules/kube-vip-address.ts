import type { Rule } from "../rule.ts";
import { refuseIf } from "./refuse.ts";

/** What some settings of kube-vip ask of the address and of its interface. */
export const kubeVipAddress: Rule = {
  id: "kube-vip-address",
  summary: "Settings of kube-vip fit the virtual IP and its interface.",
  reason:
    "kube-vip takes a list of addresses for one in some places, and watches the link of physical interfaces only: https://github.com/kube-vip/kube-vip/blob/v1.2.3/pkg/arp/arp.go",
  check: (spec) => {
    const { virtualIP, kubeVip } = spec;
    if (virtualIP.provider !== "kube-vip") return [];
    const { loseLeadershipAfterSeconds: lose, dns } = kubeVip;
    const dual = virtualIP.addresses.length > 1;
    return [
      ...refuseIf(kubeVip.nodeLabeling && dual, "kubeVip.nodeLabeling", [
        "the label would have two addresses with a comma, which no label may have",
        "leave it out with two addresses",
      ]),
      ...refuseIf(kubeVip.routingTable.clean && dual, "kubeVip.routingTable.clean", [
        "with two addresses kube-vip takes its own routes for foreign ones and removes them",
        "leave it out with two addresses",
      ]),
      ...refuseIf(lose !== undefined && (!Number.isInteger(lose) || lose < 1), "kubeVip.loseLeadershipAfter", [
        `${lose ?? 0} s is not a whole number of seconds`,
        "kube-vip reads whole seconds only",
      ]),
      ...spec.nodes
        .filter(({ role, interface: name }) => role === "control-plane" && isVirtual(name))
        .flatMap(({ name, interface: link = "" }) =>
          refuseIf(lose !== undefined, "kubeVip.loseLeadershipAfter", [
            `${link} of ${name} is a bond, bridge or VLAN, whose link kube-vip cannot watch: it would end again and again`,
            "leave it out, or name a physical interface",
          ]),
        ),
      ...refuseIf(dns !== undefined && kubeVip.mode !== "arp", "kubeVip.dns", [
        "a virtual IP that is looked up goes with ARP only",
        "use mode arp, or write the address",
      ]),
      ...refuseIf(dns?.dynamic === true && (dns.mode === "dual" || dual), "kubeVip.dns", [
        "an address from DHCP is of one family: kube-vip refuses two masks for it",
        "write mode: ipv4 or mode: ipv6",
      ]),
      ...refuseIf(
        dns?.dynamic === false && dns.mode === "dual" && virtualIP.addresses.length === 1,
        "kubeVip.dns.mode",
        [
          "dual stands for an address of each family, and virtualIP.addresses has one",
          "write both addresses there, which the certificate carries",
        ],
      ),
    ];
  },
};

// By the names that Linux and its tools give them; what a name hides is seen on the node only.
function isVirtual(name: string | undefined): boolean {
  return name !== undefined && /^(bond|team|br|virbr|vlan|vmbr)\d|^br-|[.@]/.test(name);
}
