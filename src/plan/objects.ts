import type { Command, ObjectsToApply } from "../components/component.ts";
import { components } from "../components/index.ts";
import { type ClusterSpec, initNode, nodeAddress } from "../config/spec.ts";
import { bracketed } from "../net/address.ts";

/** Files of objects that a person gives to the cluster: those that everything waits for, or the others. */
export function objectsToApply(spec: ClusterSpec, first: boolean): readonly ObjectsToApply[] {
  return components
    .filter((component) => component.appliesTo(spec))
    .flatMap((component) => component.runbook(spec).toApply ?? [])
    .filter((objects) => objects.first === first);
}

/** Gives a file to the cluster; as long as there is no virtual IP, through the API server of the node. */
export function applyCommand(spec: ClusterSpec, { path, reason, first }: ObjectsToApply): Command {
  const node = initNode(spec);
  const server =
    first && node !== undefined
      ? ` --server https://${bracketed(nodeAddress(node, undefined).text)}:${spec.apiServerPort}`
      : "";
  return { command: `kubectl --kubeconfig ${spec.kubeconfigPath}${server} apply -f ${path}`, reason };
}
