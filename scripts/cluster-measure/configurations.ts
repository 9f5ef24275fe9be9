import { readFileSync } from "node:fs";

const presets = ["fast", "balanced", "conservative"] as const;

/** A cluster that is measured. */
export interface MeasuredCluster {
  /** Also the name of the file with its measurements. */
  readonly id: string;
  readonly title: string;
  /** Text of ha.yaml. */
  readonly config: string;
  readonly repetitions: number;
  /** The samples of the rehearsal with the same settings, if there is one. */
  readonly rehearsed?: string;
}

const stacks = ["keepalived-haproxy", "kube-vip", "kube-vip-haproxy"] as const;

/** Every provider with every preset; the order of the tables. */
export const measuredClusters: readonly MeasuredCluster[] = stacks.flatMap((stack) =>
  presets.map((preset) => ({
    id: `${stack}-${preset}`,
    title: `${stack}, ${preset}`,
    config: `${readFileSync(`manifests/${stack}/ha.yaml`, "utf8").replace(/^failover:.*\n/m, "")}failover: ${preset}\n`,
    repetitions: 3,
    ...(stack === "keepalived-haproxy" && { rehearsed: `docs/measurements/${preset}-static-pod.jsonl` }),
  })),
);
