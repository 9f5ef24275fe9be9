import type { ClusterSpec } from "../../config/spec.ts";
import type { Address } from "../../net/address.ts";
import { generatedBy } from "../../render/generated-by.ts";
import { braces, comment, type Lines, textFile } from "../../render/text.ts";

export const redirectDirectory = "/etc/kubeadm-ha/redirect";
export const redirectRulesPath = `${redirectDirectory}/redirect.nft`;

/** The table of nftables that is ours, in each family that the virtual IP has. */
export const redirectTable = "kubeadm-ha";

/** nft's words for the families of the virtual IP. */
export function redirectFamilies(spec: ClusterSpec): readonly ("ip" | "ip6")[] {
  return [...new Set(spec.virtualIP.addresses.map(familyWord))];
}

/** redirect.nft: the rules that lead a port of the virtual IP to the load balancer's. */
export function redirectRules(spec: ClusterSpec): string {
  return textFile([
    comment(
      `${generatedBy}\nWhat each word does: https://wiki.nftables.org/wiki-nftables/index.php/Performing_Network_Address_Translation_(NAT)`,
    ),
    ...redirectFamilies(spec).map((family) => table(spec, family)),
  ]);
}

function table(spec: ClusterSpec, family: "ip" | "ip6"): Lines {
  const { port, redirectFrom } = spec.loadBalancer;
  const vips = spec.virtualIP.addresses.filter((address) => familyWord(address) === family).map(({ text }) => text);
  const rules = vips.map(
    (vip) => `fib daddr type local ${family} daddr ${vip} tcp dport ${redirectFrom} dnat to :${port}`,
  );
  return [
    ...comment("All or nothing, however often it is read: what was there goes, in the same transaction."),
    `add table ${family} ${redirectTable}`,
    `delete table ${family} ${redirectTable}`,
    ...braces(`table ${family} ${redirectTable}`, [
      ...comment("Other machines and pods. Only where the address is: elsewhere it is left to go there."),
      ...braces("chain prerouting", ["type nat hook prerouting priority -110;", ...rules]),
      ...comment("Programs of this machine, whose connections to its own addresses never come in."),
      ...braces("chain output", ["type nat hook output priority -110;", ...rules]),
    ]),
  ];
}

function familyWord({ family }: Address): "ip" | "ip6" {
  return family === 4 ? "ip" : "ip6";
}
