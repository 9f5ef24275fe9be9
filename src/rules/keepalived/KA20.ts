import { type Address, addressBits, parseAddress, parsePrefix, prefixContains } from "../../net/address.ts";
import type { VirtualAddress, VrrpInstance } from "../../model/vrrp.ts";
import type { FileRule, Hit, RuleContext } from "../rule.ts";
import { advertiseAddresses, clusterNetworks } from "./kubeadm-addresses.ts";
import { instancePath } from "./place.ts";
import { bareAddress } from "./siblings.ts";

export const KA20: FileRule = {
  id: "KA20",
  name: "virtual-ip",
  aliases: ["vip"],
  scope: "keepalived",
  severity: "error",
  summary: "The virtual IP is a free address of the nodes' network, of one family, as /32 or /128.",
  reason:
    "an address elsewhere is unreachable or belongs to somebody else; with the subnet's prefix it is a secondary address that goes with the first one: https://www.keepalived.org/manpage.html",
  remedy:
    "write a free address of the nodes' network as ADDRESS/32 or ADDRESS/128, the other family in virtual_ipaddress_excluded",
  check: (model, context) =>
    model.instances.flatMap((instance) => [
      ...missing(instance, model.residue.length + model.unread.length > 0),
      ...[...instance.addresses, ...instance.excludedAddresses].flatMap((entry) => {
        const problem = problemOf(entry, { instance, context });
        return problem === undefined
          ? []
          : [{ position: entry.address.position, path: instancePath(instance, "virtual_ipaddress"), ...problem }];
      }),
    ]),
};

function missing(instance: VrrpInstance, hidden: boolean): readonly Hit[] {
  if (hidden || instance.addresses.length + instance.excludedAddresses.length > 0) return [];
  const message = `${instance.name.value} has no virtual IP`;
  return [{ position: instance.keyword.position, path: instancePath(instance, "virtual_ipaddress"), message }];
}

interface Surroundings {
  readonly instance: VrrpInstance;
  readonly context: RuleContext;
}

function problemOf(
  entry: VirtualAddress,
  { instance, context }: Surroundings,
): Pick<Hit, "message" | "severity" | "remedy"> | undefined {
  const text = entry.address.value;
  const address = parseAddress(bareAddress(text));
  const prefix = text.includes("/") ? parsePrefix(text) : undefined;
  if (address === undefined || (text.includes("/") && prefix === undefined))
    return { message: `${text} is no address` };
  const first = parseAddress(bareAddress(instance.addresses[0]?.address.value ?? ""));
  if (instance.addresses.includes(entry) && first !== undefined && first.family !== address.family)
    return {
      message: `${text} is of another family than ${first.text}`,
      remedy: "move it to virtual_ipaddress_excluded",
    };
  if (nodeAddresses(instance, context).some((other) => other.text === address.text))
    return { message: `${address.text} is a node's own address` };
  const earlier = earlierHolder(address, { instance, context });
  if (earlier !== undefined) return { message: `${address.text} is that of ${earlier} too` };
  const network = clusterNetworks(context.cluster).find((candidate) => prefixContains(candidate.prefix, address));
  if (network !== undefined) return { message: `${address.text} lies within ${network.key} ${network.text}` };
  const source = parseAddress(instance.unicastSource?.value ?? "");
  if (prefix === undefined || prefix.length === addressBits(address.family)) return undefined;
  if (source !== undefined && source.family === address.family && !prefixContains(prefix, source))
    return { message: `${text} is not a network of ${source.text}` };
  return {
    severity: "info",
    message: `${text} becomes a secondary address of its subnet`,
    remedy: `write ${address.text}/${addressBits(address.family)}`,
  };
}

/** The instance before this one, in one file, that has the address too. */
function earlierHolder(address: Address, { instance, context }: Surroundings): string | undefined {
  const model = context.node.keepalived.find(({ instances }) => instances.includes(instance));
  const instances = model?.instances ?? [];
  return instances
    .slice(0, instances.indexOf(instance))
    .find((other) =>
      [...other.addresses, ...other.excludedAddresses].some(
        (entry) => parseAddress(bareAddress(entry.address.value))?.text === address.text,
      ),
    )?.name.value;
}

function nodeAddresses(instance: VrrpInstance, { cluster }: RuleContext): readonly Address[] {
  return [
    instance.unicastSource?.value,
    ...(instance.peers ?? []).map(({ value }) => value),
    ...cluster.nodes.flatMap(advertiseAddresses),
  ].flatMap((text) => parseAddress(text ?? "") ?? []);
}
