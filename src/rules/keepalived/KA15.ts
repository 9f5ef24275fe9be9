import { parseAddress } from "../../net/address.ts";
import type { VrrpInstance } from "../../model/vrrp.ts";
import type { FileRule, Hit, RuleContext } from "../rule.ts";
import { advertiseAddresses } from "./kubeadm-addresses.ts";
import { instancePath } from "./place.ts";
import { bareAddress, type Member, siblingsOf } from "./siblings.ts";

export const KA15: FileRule = {
  id: "KA15",
  name: "peers",
  scope: "keepalived",
  severity: "error",
  summary: "Peers are the other nodes, the source is this one, and adverts of strangers are dropped.",
  reason:
    "a wrong list makes two holders, and keepalived -t does not see it; without check_unicast_src any host can send adverts: https://www.keepalived.org/manpage.html",
  remedy: "list the addresses of the other nodes, each once, and write check_unicast_src",
  check: (model, context) =>
    model.instances.flatMap((instance): readonly Hit[] => {
      if (instance.peers === undefined) return [];
      return [
        ...peerHits(instance),
        ...everybody({ instance, model }, context),
        ...sourceHits(instance, context),
        ...strangerHits(instance),
      ];
    }),
};

function peerHits(instance: VrrpInstance): readonly Hit[] {
  const path = instancePath(instance, "unicast_peer");
  const virtual = new Set(
    [...instance.addresses, ...instance.excludedAddresses].map(({ address }) => bareAddress(address.value)),
  );
  const seen = new Set<string>();
  return (instance.peers ?? []).flatMap(({ value, position }) => {
    const repeated = seen.has(value);
    seen.add(value);
    const problem =
      value === instance.unicastSource?.value
        ? "is this node's own address"
        : virtual.has(value)
          ? "is a virtual IP"
          : repeated
            ? "stands there twice"
            : undefined;
    return problem === undefined ? [] : [{ position, path, message: `the peer ${value} ${problem}` }];
  });
}

// Without unicast_src_ip a list that is the same on every node gives it away.
function everybody(member: Pick<Member, "instance" | "model">, { cluster }: RuleContext): readonly Hit[] {
  const { instance } = member;
  const listOf = ({ peers }: VrrpInstance): string => (peers ?? []).map(({ value }) => value).join(" ");
  const twin = siblingsOf(member, cluster).find((other) => listOf(other.instance) === listOf(instance));
  if (instance.unicastSource !== undefined || instance.peers?.length === 0 || twin === undefined) return [];
  return [
    {
      position: instance.keyword.position,
      path: instancePath(instance, "unicast_peer"),
      message: `the peers are those of ${twin.node} too, so one of the two lists itself`,
    },
  ];
}

// Only where the files tell of one machine: loose files may be of several.
function sourceHits(instance: VrrpInstance, { node }: RuleContext): readonly Hit[] {
  const source = instance.unicastSource;
  const own = advertiseAddresses(node);
  const address = source && parseAddress(source.value);
  const comparable = own.filter((text) => parseAddress(text)?.family === address?.family);
  if (source === undefined || address === undefined || comparable.length === 0 || node.keepalived.length !== 1)
    return [];
  if (comparable.some((text) => parseAddress(text)?.text === address.text)) return [];
  return [
    {
      position: source.position,
      path: instancePath(instance, "unicast_src_ip"),
      severity: "warning",
      message: `unicast_src_ip ${source.value} is not ${comparable.join(" or ")}, which kubeadm's configuration has for this node`,
      remedy: "write this node's own address",
    },
  ];
}

function strangerHits(instance: VrrpInstance): readonly Hit[] {
  if (instance.checksSource?.value === true || instance.peers?.length === 0) return [];
  return [
    {
      position: (instance.checksSource ?? instance.keyword).position,
      path: instancePath(instance, "check_unicast_src"),
      severity: "warning",
      message: `${instance.name.value} takes adverts from any address`,
      remedy: "write check_unicast_src into the instance, or vrrp_check_unicast_src into global_defs",
    },
  ];
}
