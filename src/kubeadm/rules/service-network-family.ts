import type { Problem, Rule } from "../../config/rule.ts";
import { type ClusterSpec, controlPlaneNodes, nodeAddress } from "../../config/spec.ts";
import { parsePrefix } from "../../net/address.ts";
import { advertisedFamily, serviceNetwork } from "../service-network.ts";
import { placeOf, problemAt } from "./at.ts";

/** One family is the cluster's first: of the advertised addresses and of the first service network. */
export const serviceNetworkFamily: Rule = {
  id: "kubeadm-service-network-family",
  summary: "the API servers advertise addresses of one family, and the first service network is of this family",
  reason:
    "kube-apiserver ends at its start with «service IP family must match public address family» (https://github.com/kubernetes/kubernetes/blob/master/cmd/kube-apiserver/app/options/validation.go)",
  check: (spec) => [...mixedNodes(spec), ...otherNetwork(spec)],
};

function mixedNodes(spec: ClusterSpec): readonly Problem[] {
  const family = advertisedFamily(spec);
  return controlPlaneNodes(spec)
    .filter((node) => node.addresses.length > 0 && nodeAddress(node, undefined).family !== family)
    .map((node): Problem => ({
      severity: "error",
      path: `${node.path}.addresses`,
      message: `${node.name} advertises ${nodeAddress(node, undefined).text}, but the first node advertises an IPv${family} address`,
      remedy: `write the IPv${family} address first on every control-plane node`,
    }));
}

function otherNetwork(spec: ClusterSpec): readonly Problem[] {
  const place = placeOf(spec, "ClusterConfiguration", ["networking", "serviceSubnet"]);
  const network = serviceNetwork(spec);
  const first = parsePrefix(network.text.split(",")[0]?.trim() ?? "");
  const family = advertisedFamily(spec);
  if (place === undefined || !network.given || first === undefined || first.address.family === family) return [];
  const message = `begins with an IPv${first.address.family} network, but the API servers advertise IPv${family} addresses`;
  const remedy = `write an IPv${family} network first, or the nodes' IPv${first.address.family} addresses first`;
  return [problemAt(place, { severity: "error", message, remedy })];
}
