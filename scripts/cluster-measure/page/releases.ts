import { markdownTable } from "../../../src/report/markdown-table.ts";
import { countText, secondsText } from "../../../src/report/numbers.ts";
import { clusterFaults } from "../../cluster-lab/faults/index.ts";
import { releaseClusters } from "../configurations.ts";
import { outage, spread } from "./cells.ts";
import type { ClusterPageInput } from "./page.ts";

/** That other releases of Kubernetes come up, and what the commonest faults cost them. */
export function releaseSection({ measurementsOf }: ClusterPageInput): readonly string[] {
  const rows = releaseClusters.flatMap((cluster) =>
    clusterFaults.flatMap((fault) => {
      const runs = measurementsOf(cluster).filter((each) => each.fault === fault.name);
      if (runs.length === 0) return [];
      const seconds = spread(
        runs.map((run) => outage(fault, run)),
        secondsText,
      );
      const failed = spread(
        runs.map(({ injected }) => injected.failed),
        countText,
      );
      return [[cluster.title, fault.title, seconds, failed]];
    }),
  );
  if (rows.length === 0) return [];
  return [`## Other releases\n\n${markdownTable(["cluster", "fault", "outage, s", "failed"], rows)}`];
}
