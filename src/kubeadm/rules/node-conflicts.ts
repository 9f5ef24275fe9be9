import type { Problem } from "../../config/rule.ts";
import { type ClusterSpec, controlPlaneNodes, initNode, type NodeSpec } from "../../config/spec.ts";
import type { Path } from "../../yaml/read.ts";
import { findArgument } from "../arguments.ts";
import { nodeIPText, sameAddresses } from "../node-registration.ts";
import { placeOf, problemAt } from "./at.ts";

/**
 * Names and addresses of one node in a document that serves many: InitConfiguration must speak of the
 * node that founds the cluster, JoinConfiguration of the only one that joins, or of none.
 */
export function nodeConflicts(spec: ClusterSpec): readonly Problem[] {
  const founder = initNode(spec);
  const init =
    founder === undefined
      ? []
      : nodeValues(spec, "InitConfiguration", ["localAPIEndpoint"]).flatMap((value) => compare(value, founder));
  return [
    ...init,
    ...nodeValues(spec, "JoinConfiguration", ["controlPlane", "localAPIEndpoint"]).flatMap((value) =>
      compareJoining(spec, value),
    ),
  ];
}

interface NodeValue {
  readonly place: Parameters<typeof problemAt>[0];
  readonly text: string;
  readonly what: "name" | "advertiseAddress" | "node-ip";
}

function nodeValues(spec: ClusterSpec, kind: string, endpoint: Path): readonly NodeValue[] {
  const name = placeOf(spec, kind, ["nodeRegistration", "name"]);
  const address = placeOf(spec, kind, [...endpoint, "advertiseAddress"]);
  const args = placeOf(spec, kind, ["nodeRegistration", "kubeletExtraArgs"]);
  const nodeIP = findArgument(args?.value, "node-ip");
  return [
    ...(name === undefined ? [] : [{ place: name, text: String(name.value), what: "name" as const }]),
    ...(address === undefined
      ? []
      : [{ place: address, text: String(address.value), what: "advertiseAddress" as const }]),
    ...(args === undefined || nodeIP === undefined
      ? []
      : [{ place: { ...args, path: [...args.path, ...nodeIP.steps] }, text: nodeIP.value, what: "node-ip" as const }]),
  ].filter(({ text }) => text !== "");
}

function compare({ place, text, what }: NodeValue, node: NodeSpec): readonly Problem[] {
  const ours = what === "name" ? node.name : what === "node-ip" ? nodeIPText(node) : (node.addresses[0]?.text ?? "");
  if (what === "name" ? text === ours : sameAddresses(text, ours)) return [];
  const message = `${what} is ${text} here, and ${ours} for ${node.name} in nodes of the HAConfiguration`;
  return [problemAt(place, { severity: "error", message, remedy: "remove it here: it is written for each node" })];
}

function compareJoining(spec: ClusterSpec, value: NodeValue): readonly Problem[] {
  const joining = [...controlPlaneNodes(spec).slice(1), ...spec.nodes.filter((node) => node.role === "worker")];
  const concerned =
    value.what === "advertiseAddress" || placeOf(spec, "JoinConfiguration", ["controlPlane"]) !== undefined
      ? joining.filter((node) => node.role === "control-plane")
      : joining;
  const [only, ...others] = concerned;
  if (only === undefined) return [];
  if (others.length === 0) return compare(value, only);
  const message = `${value.what} is ${value.text} here, but the document serves ${concerned.map((node) => node.name).join(", ")}`;
  return [
    problemAt(value.place, { severity: "error", message, remedy: "remove it here: it is written for each node" }),
  ];
}
