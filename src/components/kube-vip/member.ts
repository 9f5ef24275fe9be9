import type { ClusterSpec, NodeSpec } from "../../config/spec.ts";
import type { Job } from "./job.ts";

/** One kube-vip: a job of a cluster, on a node; a DaemonSet has one manifest for all, made for the first. */
export interface Member {
  readonly spec: ClusterSpec;
  readonly node: NodeSpec;
  readonly job: Job;
}
