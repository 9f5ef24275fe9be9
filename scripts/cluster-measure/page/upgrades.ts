import { markdownTable } from "../../../src/report/markdown-table.ts";
import { countText, secondsText } from "../../../src/report/numbers.ts";
import { upgradedClusters, upgradedFrom, upgradedTo } from "../configurations.ts";
import type { UpgradeStep } from "../upgrade.ts";
import type { ClusterPageInput } from "./page.ts";

/** What clients notice of an upgrade by one minor release, step by step. */
export function upgradeSection({ upgradeOf }: ClusterPageInput): readonly string[] {
  const made = upgradedClusters.flatMap((cluster) => {
    const steps = upgradeOf(cluster);
    return steps.length === 0 ? [] : [{ title: cluster.title, steps }];
  });
  if (made.length === 0) return [];
  const [{ steps: order } = { steps: [] }] = made;
  const rows = order.map(({ step, node }) => [
    node,
    step,
    ...made.map(({ steps }) => cell(steps.find((each) => each.step === step && each.node === node))),
  ]);
  const changed = [...new Set(made.flatMap(({ steps }) => steps.flatMap(changes)))];
  return [
    `## Upgrade from ${upgradedFrom} to ${upgradedTo}

kubeadm upgrade, another kubelet, kubeadm-ha prepare, one node after the other: the outage in seconds, in brackets the failed requests; * where the node had the virtual IP when the step began.

${markdownTable(["node", "step", ...made.map(({ title }) => title)], rows)}
${changed.map((line) => `- ${line}`).join("\n")}
`,
  ];
}

function cell(step: UpgradeStep | undefined): string {
  if (step === undefined) return "";
  return `${secondsText(step.noticed.blackout)} (${countText(step.noticed.failed)})${step.holder ? "\\*" : ""}`;
}

function changes({ step, changed }: UpgradeStep): readonly string[] {
  return [
    `${step} changes ${changed.length === 0 ? "none of our files" : changed.map((file) => `\`${file}\``).join(", ")}`,
  ];
}
