import type { Problem, Rule } from "../../config/rule.ts";
import type { ClusterSpec } from "../../config/spec.ts";
import { parseAddress, unusableReason } from "../../net/address.ts";
import { socketForm, socketRemedy } from "../cri-socket.ts";
import { type Place, placeOf, problemAt } from "./at.ts";

/** The address that an API server tells the others must be the node's own. */
export const advertiseAddress: Rule = {
  id: "kubeadm-advertise-address",
  summary: "advertiseAddress is an address of the node itself: no name, no VIP, nothing special",
  reason:
    "etcd peers and the kubernetes service use it; a VIP there moves away from the node (https://github.com/kubernetes/kubeadm/issues/1685)",
  check(spec) {
    const places = [
      placeOf(spec, "InitConfiguration", ["localAPIEndpoint", "advertiseAddress"]),
      placeOf(spec, "JoinConfiguration", ["controlPlane", "localAPIEndpoint", "advertiseAddress"]),
    ];
    return places.flatMap((place) => (place === undefined || place.value === "" ? [] : checkAddress(spec, place)));
  },
};

/** A container runtime is reached through a unix socket. */
export const criSocket: Rule = {
  id: "kubeadm-cri-socket",
  summary: "criSocket is a unix:// URL",
  reason: "kubelet takes no other scheme on Linux, and a path without one only with a warning",
  check(spec) {
    return ["InitConfiguration", "JoinConfiguration"].flatMap((kind): readonly Problem[] => {
      const place = placeOf(spec, kind, ["nodeRegistration", "criSocket"]);
      const socket = typeof place?.value === "string" ? place.value : "";
      if (place === undefined || socket === "" || socketForm(socket) === "url") return [];
      if (socketForm(socket) === "path")
        return [
          problemAt(place, {
            severity: "info",
            message: `"${socket}" is written as unix://${socket}`,
            remedy: `write unix://${socket}`,
          }),
        ];
      return [problemAt(place, { severity: "error", message: `"${socket}" is no unix socket`, remedy: socketRemedy })];
    });
  },
};

function checkAddress(spec: ClusterSpec, place: Place): readonly Problem[] {
  const remedy = "remove it: the node's first address in the HAConfiguration is written";
  const text = String(place.value);
  const address = parseAddress(text);
  if (address === undefined)
    return [problemAt(place, { severity: "error", message: `"${text}" is not an IP address`, remedy })];
  const reason = spec.virtualIP.addresses.some((virtual) => virtual.text === address.text)
    ? "is the virtual IP, which moves between nodes"
    : unusableReason(address);
  return reason === undefined ? [] : [problemAt(place, { severity: "error", message: `${text} ${reason}`, remedy })];
}
