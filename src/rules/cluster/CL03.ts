import { parseAddress } from "../../net/address.ts";
import type { FileRule, Hit } from "../rule.ts";
import { instancePath } from "../keepalived/place.ts";
import { type Member, routersOf } from "../keepalived/siblings.ts";

export const CL03: FileRule = {
  id: "CL03",
  name: "peers-not-mutual",
  scope: "cluster",
  severity: "error",
  summary: "Every node of a virtual router lists every other one as a peer.",
  reason:
    "a node that does not hear the holder takes the virtual IP too, and with check_unicast_src adverts of an unlisted one are dropped: https://www.keepalived.org/manpage.html",
  remedy: "list the unicast_src_ip of every other node in unicast_peer",
  check: (cluster) => routersOf(cluster).flatMap((members) => members.flatMap((member) => missing(member, members))),
};

function missing({ instance, model }: Member, members: readonly Member[]): readonly Hit[] {
  const at = { position: instance.keyword.position, path: instancePath(instance, "unicast_peer") };
  if (instance.peers === undefined) {
    const unicast = members.find((other) => other.instance.peers !== undefined);
    if (unicast === undefined) return [];
    return [{ ...at, message: `${unicast.node} sends to its peers, this node to a multicast group` }];
  }
  const listed = new Set(instance.peers.map(({ value }) => canonical(value)));
  const absent = members.filter(({ instance: other }) => {
    const source = other.unicastSource?.value;
    return other !== instance && source !== undefined && !listed.has(canonical(source));
  });
  if (absent.length === 0 || model.residue.length > 0) return [];
  const names = absent.map((other) => `${other.instance.unicastSource?.value} of ${other.node}`);
  return [{ ...at, message: `${names.join(" and ")} ${names.length === 1 ? "is" : "are"} not among the peers` }];
}

function canonical(text: string): string {
  return parseAddress(text)?.text ?? text;
}
