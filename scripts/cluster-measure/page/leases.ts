import { markdownTable } from "../../../src/report/markdown-table.ts";
import { countText, secondsText } from "../../../src/report/numbers.ts";
import { busyMachine } from "../../cluster-lab/faults/busy-machine.ts";
import { leaseClusters } from "../configurations.ts";
import type { ClusterPageInput } from "./page.ts";

/** What leases of kube-vip stand on a machine that has other things to do. */
export function leaseSection({ measurementsOf }: ClusterPageInput): readonly string[] {
  const rows = leaseClusters.flatMap((cluster) =>
    measurementsOf(cluster)
      .filter(({ fault }) => fault === busyMachine.name)
      .map(({ injected, load }) => [
        cluster.title,
        countText(injected.moves),
        secondsText(injected.noHolder),
        secondsText(injected.twoHolders),
        secondsText(injected.blackout),
        countText(injected.failed),
        load.toFixed(1),
      ]),
  );
  if (rows.length === 0) return [];
  const head = ["lease, s", "moves", "nobody, s", "two holders, s", "outage, s", "failed", "load before"];
  return [
    `## Leases of kube-vip

No fault but ${busyMachine.title}: every move of the virtual IP is a false one. Lease duration, renew deadline, retry period.

${markdownTable(head, rows)}`,
  ];
}
