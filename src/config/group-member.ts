import type { ClusterSpec, NodeSpec } from "./spec.ts";

/** A control-plane machine that no list names: it is called what it is called, and has the addresses it has. */
export function groupMember(spec: ClusterSpec): NodeSpec {
  return {
    name: "",
    path: "nodes",
    addresses: [],
    role: "control-plane",
    interface: spec.virtualIP.interface,
    rank: undefined,
    rankChosen: false,
  };
}
