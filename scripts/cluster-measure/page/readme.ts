import { markdownTable } from "../../../src/report/markdown-table.ts";
import { secondsText } from "../../../src/report/numbers.ts";
import { median } from "../../../src/report/statistics.ts";
import type { ClusterFault } from "../../cluster-lab/faults/fault.ts";
import { clusterFaults } from "../../cluster-lab/faults/index.ts";
import { presets } from "../../failover/configurations.ts";
import { presetClusters, stacks } from "../configurations.ts";
import { goesOn, outage } from "./cells.ts";
import type { ClusterPageInput } from "./page.ts";

/** The languages that README is written in. */
export type Language = "en" | "zh-CN";

/** README with the table of real clusters between its two comments; an Error where it does not have each once. */
export function withClusterTable(readme: string, language: Language, input: ClusterPageInput): string {
  const [before, rest, ...more] = readme.split(begin);
  const [, after, ...others] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined || more.length + others.length > 0)
    throw new Error(`README has to have ${begin} and ${end} once`);
  return `${before}${begin}\n${clusterTable(language, input)}${end}${after}`;
}

const begin = "<!-- clusters: made by scripts/cluster measure --table -->";
const end = "<!-- end of clusters -->";

/** A row for each fault, with the outages of each stack's presets. */
function clusterTable(language: Language, { measurementsOf }: ClusterPageInput): string {
  const rows = clusterFaults.flatMap((fault) => {
    const cells = stacks.map((stack) => presets.map((preset) => seconds(fault, `${stack}-${preset}`)));
    if (cells.flat().every((cell) => cell === undefined)) return [];
    return [[titles[language](fault), ...cells.map((texts) => texts.map((cell) => cell ?? notMeasured).join(" / "))]];
  });
  if (rows.length === 0) return "";
  const head = stacks.map((stack) => `\`${stack}\``);
  return `${introductions[language]}\n\n${markdownTable([heads[language], ...head], rows)}`;

  function seconds(fault: ClusterFault, id: string): string | undefined {
    const cluster = presetClusters.find((each) => each.id === id);
    const runs = cluster === undefined ? [] : measurementsOf(cluster).filter((run) => run.fault === fault.name);
    if (runs.length === 0) return undefined;
    return `${secondsText(median(runs.map((run) => outage(fault, run))))}${goesOn(fault, runs) ? "+" : ""}`;
  }
}

const introductions: Readonly<Record<Language, string>> = {
  en: "And this is what clients of [real clusters](docs/cluster-failover.md) noticed, with real kubelets, etcd and API servers, by preset.",
  "zh-CN":
    "下表是[真实集群](docs/cluster-failover.md)（真实的 kubelet、etcd 和 API server）中客户端所经历的中断，按预设列出。",
};

const heads: Readonly<Record<Language, string>> = {
  en: `outage, s: ${presets.join(" / ")}`,
  "zh-CN": `中断（秒）：${presets.join(" / ")}`,
};

// There may be no balancer to kill.
const notMeasured = "–";

const titles: Readonly<Record<Language, (fault: ClusterFault) => string>> = {
  en: ({ title }) => title,
  "zh-CN": ({ name, title }) => chinese[name] ?? title,
};

/** Faults in Chinese, by name. */
export const chinese: Readonly<Record<string, string>> = {
  "balancer-killed": "负载均衡器被杀，由 kubelet 拉起",
  "agent-killed": "管理 VIP 的进程被杀，由 kubelet 拉起",
  "agent-in-back-off": "管理 VIP 的进程一拉起就被杀，持续 60 秒",
  "api-server-killed": "API server 被杀，由 kubelet 拉起",
  "api-server-in-back-off": "API server 一拉起就被杀，持续 60 秒",
  "api-server-hung": "API server 挂起 40 秒",
  "api-server-drained": "API server 正常退出",
  "etcd-leader-killed": "etcd 的 leader 被杀，由 kubelet 拉起",
  "etcd-quorum-lost": "三个 etcd 中两个挂起 20 秒",
  "kubelet-stopped": "持有 VIP 的节点 kubelet 停止 30 秒",
  "holder-cut": "持有 VIP 的节点断网 40 秒",
  "holder-power-loss": "持有 VIP 的节点断电 40 秒",
  "all-power-loss": "所有节点断电 10 秒",
};
