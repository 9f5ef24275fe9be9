import { hostname, networkInterfaces } from "node:os";

import { nearest } from "../config/did-you-mean.ts";
import type { ClusterSpec } from "../config/spec.ts";
import { UserError } from "../errors.ts";
import { parseAddress } from "../net/address.ts";
import type { Plan, PlannedNode } from "../plan/plan.ts";

/** Which node of the plan this machine is: the one that is asked for, else by its addresses, else by its name. */
export function nodeOfMachine(
  plan: Plan,
  { spec, asked }: { readonly spec: ClusterSpec; readonly asked: string | undefined },
): PlannedNode {
  const names = plan.nodes.map(({ name }) => name);
  const named = (name: string): PlannedNode | undefined => plan.nodes.find((node) => node.name === name);
  if (asked !== undefined) {
    const node = named(asked);
    if (node !== undefined) return node;
    const meant = nearest(asked, names);
    throw new UserError(
      `there is no node "${asked}"; ${meant === undefined ? `the nodes are ${names.join(", ")}` : `did you mean ${meant}?`}`,
    );
  }
  const addresses = machineAddresses();
  const byAddress = spec.nodes.filter((node) => node.addresses.some(({ text }) => addresses.includes(text)));
  const host = hostname();
  const found =
    (byAddress.length === 1 ? named(byAddress[0]?.name ?? "") : undefined) ??
    named(host) ??
    named(host.split(".")[0] ?? "");
  if (found !== undefined) return found;
  const listed = spec.nodes.map(({ name, addresses: own }) => `${name} (${own.map(({ text }) => text).join(", ")})`);
  throw new UserError(
    `this machine is none of the nodes: it is ${host} with ${addresses.join(", ") || "no address"}, and the nodes are ${listed.join(", ")}; --node-name says which it is`,
  );
}

function machineAddresses(): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal }) => !internal)
    .flatMap(({ address }) => parseAddress(address.replace(/%.*$/, ""))?.text ?? []);
}
