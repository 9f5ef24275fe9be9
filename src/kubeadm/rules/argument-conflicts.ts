import type { Problem } from "../../config/rule.ts";
import { type ClusterSpec, controlPlaneNodes, nodeAddress } from "../../config/spec.ts";
import { parseAddress } from "../../net/address.ts";
import { argumentAt, placeOf, placeText, problemAt } from "./at.ts";

/**
 * Arguments of the API server that stand in for what kubeadm derives on each node: the cluster has one
 * list of them, so none can name a node's own address.
 * https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/phases/controlplane/manifests.go
 */
export function argumentConflicts(spec: ClusterSpec): readonly Problem[] {
  return [
    ...conflict(spec, "secure-port", portContradiction),
    ...conflict(spec, "advertise-address", advertisedContradiction),
    ...conflict(spec, "bind-address", boundContradiction),
  ];
}

/** What contradicts a value of an argument, in words, or undefined. */
type Contradiction = (spec: ClusterSpec, value: string) => string | undefined;

function conflict(spec: ClusterSpec, name: string, contradiction: Contradiction): readonly Problem[] {
  const argument = argumentAt(spec, "apiServer", name);
  const other = argument === undefined ? undefined : contradiction(spec, argument.value);
  if (argument === undefined || other === undefined) return [];
  return [
    problemAt(argument, {
      severity: "error",
      message: `${name} is ${argument.value} here, ${other}`,
      remedy: "remove it here: kubeadm sets it on each node",
    }),
  ];
}

function portContradiction(spec: ClusterSpec, value: string): string | undefined {
  return value === String(spec.apiServerPort) ? undefined : `and ${spec.apiServerPort} is ${portSource(spec)}`;
}

function portSource(spec: ClusterSpec): string {
  if (spec.fromFlags.includes("apiServerPort")) return "--apiserver-bind-port";
  const place =
    placeOf(spec, "InitConfiguration", ["localAPIEndpoint", "bindPort"]) ??
    placeOf(spec, "JoinConfiguration", ["controlPlane", "localAPIEndpoint", "bindPort"]);
  return place === undefined ? "kubeadm's default for localAPIEndpoint.bindPort" : `bindPort of ${placeText(place)}`;
}

function advertisedContradiction(spec: ClusterSpec, value: string): string | undefined {
  const address = canonical(value);
  if (spec.virtualIP.addresses.some(({ text }) => text === address))
    return "which is a virtual IP in virtualIP.addresses of the HAConfiguration";
  const others = nodeTargets(spec).filter((target) => target.address !== address);
  return others.length === 0 ? undefined : `and nodes of the HAConfiguration has ${list(others)}`;
}

function boundContradiction(spec: ClusterSpec, value: string): string | undefined {
  const address = canonical(value);
  // All three mean every address, of both families.
  if (["", "0.0.0.0", "::"].includes(address)) return undefined;
  const missed = [...nodeTargets(spec), ...localTargets(spec)].filter((target) => target.address !== address);
  return missed.length === 0 ? undefined : `and by the HAConfiguration API servers are reached at ${list(missed)}`;
}

interface Target {
  readonly address: string;
  readonly owner: string;
}

function nodeTargets(spec: ClusterSpec): readonly Target[] {
  return controlPlaneNodes(spec)
    .filter((node) => node.addresses.length > 0)
    .map((node) => ({ address: nodeAddress(node, undefined).text, owner: node.name }));
}

/** The VIP, unless it leads to a load balancer, which goes to the nodes; and kube-vip asks the API server beside it. */
function localTargets({ loadBalancer, virtualIP: { provider, addresses } }: ClusterSpec): readonly Target[] {
  const served = loadBalancer.provider === "none" ? addresses : [];
  return [
    ...served.map(({ text }) => ({ address: text, owner: "virtualIP.addresses" })),
    ...(provider === "kube-vip" ? [{ address: "127.0.0.1", owner: "kube-vip" }] : []),
  ];
}

function list(targets: readonly Target[]): string {
  return targets.map(({ address, owner }) => `${address} (${owner})`).join(", ");
}

function canonical(value: string): string {
  return parseAddress(value)?.text ?? value;
}
