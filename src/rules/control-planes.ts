import { readPath } from "../config/paths.ts";
import type { YamlObject } from "../model/kubernetes.ts";
import type { ClusterPicture, NodePicture } from "../model/picture.ts";
import { parseAddress } from "../net/address.ts";

/** An API server that kubeadm's documents tell of. */
export interface ControlPlane {
  /** In canonical text; undefined where kubeadm finds it out on the machine. */
  readonly address: string | undefined;
  readonly port: number;
}

/** The control planes of a cluster by the kubeadm documents that were given, each once. */
export function controlPlanes(cluster: ClusterPicture): readonly ControlPlane[] {
  const all = cluster.nodes.flatMap(controlPlanesOf);
  return [...new Map(all.map((entry) => [`${entry.address} ${entry.port}`, entry])).values()];
}

/** What the documents of one machine say about its API server. */
export function controlPlanesOf(node: NodePicture): readonly ControlPlane[] {
  return node.kubeadm.flatMap((document) => {
    const endpoint = endpointOf(document);
    if (endpoint === undefined) return [];
    const port = readPath(document.value, [...endpoint, "bindPort"]);
    const address = readPath(document.value, [...endpoint, "advertiseAddress"]);
    return [
      {
        address: typeof address === "string" ? parseAddress(address)?.text : undefined,
        port: typeof port === "number" && port > 0 ? port : 6443,
      },
    ];
  });
}

function endpointOf({ kind, value }: YamlObject): readonly string[] | undefined {
  if (kind === "InitConfiguration") return ["localAPIEndpoint"];
  const joins = kind === "JoinConfiguration" && readPath(value, ["controlPlane"]) !== undefined;
  return joins ? ["controlPlane", "localAPIEndpoint"] : undefined;
}
