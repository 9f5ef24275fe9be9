import type { FaultName } from "../../../src/timing/fault-names.ts";
import type { Cluster } from "../cluster.ts";
import type { ClusterNode } from "../node.ts";

/** Something that happens to a real cluster. */
export interface ClusterFault {
  readonly name: string;
  /** In tables. */
  readonly title: string;
  /** What `rehearse` and `predict` know that is the same. */
  readonly rehearsed?: FaultName;
  /** Seconds that clients are watched at least before the repair; as long as the fault lasts. */
  readonly seconds: number;
  /** Why this cluster cannot have it. */
  skip?(cluster: Cluster): string | undefined;
  /** Resolves when it has come; what goes on for a while is done by `during`. */
  inject(context: FaultContext): Promise<void>;
  /** Goes on until it is told to end. */
  during?(context: FaultContext, ended: () => boolean): Promise<void>;
  repair?(context: FaultContext): Promise<void>;
}

export interface FaultContext {
  readonly cluster: Cluster;
  /** Has the virtual IP when the fault comes. */
  readonly holder: ClusterNode;
  /** The other control-plane nodes. */
  readonly others: readonly ClusterNode[];
}

/** The node whose API server a fault hits: the holder's where clients reach it directly, another one behind a balancer. */
export function apiServerNode({ cluster, holder, others }: FaultContext): ClusterNode {
  return cluster.setup.spec.loadBalancer.provider === "none" ? holder : (others[0] ?? holder);
}
