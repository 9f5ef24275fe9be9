import { parseAddress } from "../../net/address.ts";
import type { VrrpInstance } from "../../model/vrrp.ts";
import type { NodePicture } from "../../model/picture.ts";
import type { FileRule, Hit } from "../rule.ts";
import { advertiseAddresses } from "./kubeadm-addresses.ts";
import { instancePath } from "./place.ts";
import { bareAddress } from "./siblings.ts";

export const KA15: FileRule = {
  id: "KA15",
  name: "peers",
  scope: "keepalived",
  severity: "warning",
  summary: "Peers are the other nodes, the source is this one, and adverts of strangers are dropped.",
  reason:
    "a wrong list makes two holders, and keepalived -t does not see it; without check_unicast_src any host can send adverts: https://www.keepalived.org/manpage.html",
  remedy: "list the addresses of the other nodes, each once, and write check_unicast_src",
  check: (model, { node }) =>
    model.instances.flatMap((instance): readonly Hit[] => {
      if (instance.peers === undefined) return [];
      const known = knownAddresses(node);
      const sources = [instance.unicastSource, instance.multicastSource].flatMap((source) => source?.value ?? []);
      return [
        ...peerHits(instance, [...known, ...sources.map(canonical)]),
        ...sourceHits(instance, known),
        ...strangerHits(instance),
      ];
    }),
};

function peerHits(instance: VrrpInstance, own: readonly string[]): readonly Hit[] {
  const path = instancePath(instance, "unicast_peer");
  const addresses = [...instance.addresses, ...instance.excludedAddresses];
  const virtual = new Set(addresses.map(({ address }) => bareAddress(address.value)));
  const seen = new Set<string>();
  return (instance.peers ?? []).flatMap(({ value, position }) => {
    const repeated = seen.has(value);
    seen.add(value);
    const problem = own.includes(canonical(value))
      ? "is this node's own address"
      : virtual.has(value)
        ? "is a virtual IP"
        : repeated
          ? "stands there twice"
          : undefined;
    return problem === undefined ? [] : [{ position, path, message: `the peer ${value} ${problem}` }];
  });
}

function sourceHits(instance: VrrpInstance, known: readonly string[]): readonly Hit[] {
  const source = instance.unicastSource;
  const family = parseAddress(source?.value ?? "")?.family;
  const comparable = known.filter((text) => parseAddress(text)?.family === family);
  if (source === undefined || family === undefined || comparable.length === 0) return [];
  if (comparable.includes(canonical(source.value))) return [];
  return [
    {
      position: source.position,
      path: instancePath(instance, "unicast_src_ip"),
      message: `unicast_src_ip ${source.value} is not this node's ${comparable.join(" or ")}`,
      remedy: "write this node's own address",
    },
  ];
}

function strangerHits(instance: VrrpInstance): readonly Hit[] {
  if (instance.checksSource?.value === true || instance.peers?.length === 0) return [];
  return [
    {
      position: instance.keyword.position,
      path: instancePath(instance, "check_unicast_src"),
      message: `${instance.name.value} takes adverts from any address`,
      remedy: "write check_unicast_src into the instance, or vrrp_check_unicast_src into global_defs",
    },
  ];
}

/** Addresses of this machine by what stands beside; loose files may be of several machines. */
function knownAddresses(node: NodePicture): readonly string[] {
  if (node.keepalived.length !== 1) return [];
  const servers = node.haproxy.flatMap(({ proxies }) => proxies.flatMap((proxy) => proxy.servers));
  const named = servers.filter(({ name }) => name.value === node.name).map(({ address }) => hostOf(address.value));
  return [...new Set([...advertiseAddresses(node), ...named].map(canonical))];
}

/** The address of `192.0.2.11:6443` or `[2001:db8::11]:6443`. */
function hostOf(text: string): string {
  return /^\[(.*)\]/.exec(text)?.[1] ?? (text.split(":").length === 2 ? (text.split(":")[0] ?? text) : text);
}

function canonical(text: string): string {
  return parseAddress(text)?.text ?? text;
}
