import type { LabNode, LabProgram, ProgramName } from "../lab/lab.ts";
import type { Scene } from "../scene.ts";
import type { FaultContext } from "./fault.ts";

/** A program that the scene was asked for before; without it the rehearsal is wrong, not the user. */
export function programOf(node: LabNode, name: ProgramName): LabProgram {
  const program = node.programs[name];
  if (program === undefined) throw new Error(`${node.name} has no ${name}`);
  return program;
}

/**
 * The node whose API server a fault hits. Where a balancer spreads clients over all of them it is
 * not the holder's, whose balancer would be hidden behind the fault; where clients reach the
 * holder's API server directly, any other one would go unnoticed.
 */
export function apiServerNode({ holder, others }: FaultContext): LabNode {
  const other = others.find((node) => node.programs["api-server"] !== undefined);
  return holder.programs.balancer === undefined || other === undefined ? holder : other;
}

/** The next node by rank that could take the virtual IP. */
export function nextPeer({ others }: FaultContext): LabNode {
  const peer = others.find((node) => node.programs.keepalived !== undefined);
  if (peer === undefined) throw new Error("no other node runs keepalived");
  return peer;
}

/** For `skip` of faults that need a balancer. */
export function withoutBalancer({ nodes }: Scene): string | undefined {
  const found = nodes.some(({ programs }) => programs.some(({ kind }) => kind !== "keepalived"));
  return found ? undefined : "no node has a balancer";
}

/** For `skip` of faults between two nodes that elect a holder. */
export function withoutPeer({ nodes }: Scene): string | undefined {
  const electing = nodes.filter(({ programs }) => programs.some(({ kind }) => kind === "keepalived"));
  return electing.length > 1 ? undefined : "only one node runs keepalived";
}
