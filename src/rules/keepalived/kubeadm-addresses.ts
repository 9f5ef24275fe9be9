import { readPath } from "../../config/paths.ts";
import type { ClusterPicture, NodePicture } from "../../model/picture.ts";
import { parsePrefix, type Prefix } from "../../net/address.ts";

/** Addresses that the API server of this machine announces, as kubeadm's documents beside say. */
export function advertiseAddresses(node: NodePicture): readonly string[] {
  return node.kubeadm.flatMap(({ value }) =>
    [
      readPath(value, ["localAPIEndpoint", "advertiseAddress"]),
      readPath(value, ["controlPlane", "localAPIEndpoint", "advertiseAddress"]),
    ].filter((address) => typeof address === "string"),
  );
}

/** Networks of pods and services, as kubeadm's documents of the cluster say. */
export function clusterNetworks(
  cluster: ClusterPicture,
): readonly { readonly key: string; readonly prefix: Prefix; readonly text: string }[] {
  return cluster.nodes.flatMap((node) =>
    node.kubeadm.flatMap(({ value }) =>
      ["podSubnet", "serviceSubnet"].flatMap((key) => {
        const list = readPath(value, ["networking", key]);
        return (typeof list === "string" ? list.split(",") : []).flatMap((text) => {
          const prefix = parsePrefix(text);
          return prefix === undefined ? [] : [{ key, prefix, text }];
        });
      }),
    ),
  );
}
