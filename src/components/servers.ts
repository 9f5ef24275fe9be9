import { type ClusterSpec, controlPlaneNodes, nodeAddress } from "../config/spec.ts";
import { bracketed } from "../net/address.ts";

/** An API server as a balancer's `server` lines want it. */
export interface Server {
  readonly name: string;
  readonly address: string;
}

/** Each API server by the name of its node, at the address that it advertises, in the user's order. */
export function serverAddresses(spec: ClusterSpec): readonly Server[] {
  return serversAt(spec, spec.apiServerPort);
}

/** The control-plane nodes at another port. */
export function serversAt(spec: ClusterSpec, port: number): readonly Server[] {
  return controlPlaneNodes(spec).map((node) => ({
    name: node.name,
    address: `${bracketed(nodeAddress(node, undefined).text)}:${port}`,
  }));
}
