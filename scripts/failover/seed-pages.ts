import { readFileSync, writeFileSync } from "node:fs";

import { phasesOf, summaryOf } from "../../src/report/cells.ts";
import { markdownTable } from "../../src/report/markdown-table.ts";
import { countText, secondsText } from "../../src/report/numbers.ts";
import { maximum } from "../../src/report/statistics.ts";
import type { FaultName } from "../../src/timing/fault-names.ts";
import { faults } from "../../src/timing/faults/index.ts";
import { configurations, seedConfigurations } from "./configurations.ts";
import { cellFor, headlineOf, type Measured, measuredFaults } from "./measured.ts";
import { readMeasurements, samplesFile } from "./samples.ts";

/** The pages that put a post beside the same system of ours, in both languages. */
export const seedPages = ["s0", "s2", "s3", "s4"].flatMap((post) =>
  (["en", "zh"] as const).map((language) => ({
    post,
    language,
    path: `docs/seeds/${post.toUpperCase()}${language === "zh" ? ".zh-CN" : ""}.md`,
  })),
);

/** One of those pages. */
export type SeedPage = (typeof seedPages)[number];

/** Writes what was measured into the pages. */
export function writeSeedPages(): void {
  for (const page of seedPages) writeFileSync(page.path, withFigures(page, readFileSync(page.path, "utf8")));
}

/** A page with the figures that there are now between its marks. */
export function withFigures(page: SeedPage, text: string): string {
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${page.path} lacks ${begin} or ${end}`);
  return `${before}${begin}\n\n${figures(page)}\n${end}${after}`;
}

const begin = "<!-- made by scripts/bench failover --table -->";
const end = "<!-- until here -->";

function figures({ post, language }: SeedPage): string {
  const measured = [
    ...configurations.filter(({ id }) => id === post),
    ...seedConfigurations.filter((seed) => seed.post === post),
  ].map((configuration) => ({ configuration, measurements: readMeasurements(samplesFile(configuration.id)) }));
  const words = texts[language];
  const rows = measuredFaults(measured).map((fault) => [
    words.fault(fault),
    ...measured.map((each) => cellText(each, fault)),
  ]);
  const heads = measured.map(({ configuration }) => words.titles[configuration.title] ?? configuration.title);
  const loads = measured.flatMap(({ measurements }) => measurements.map(({ load }) => load));
  const runs = maximum(
    measuredFaults(measured).flatMap((fault) => measured.map((each) => cellFor(each, fault)?.measurements.length ?? 0)),
  );
  return `${words.introduction(maximum(loads).toFixed(1), runs)}\n\n${markdownTable([words.head, ...heads], rows)}`;
}

function cellText(measured: Measured, fault: FaultName): string {
  const cell = cellFor(measured, fault);
  if (cell === undefined) return "";
  const { median, open } = headlineOf(cell);
  const failed = summaryOf(phasesOf(cell, "injected"), (phase) => phase.failed).median;
  return `${secondsText(median)}${open ? "+" : ""} / ${countText(failed)}`;
}

interface Words {
  readonly head: string;
  readonly titles: Readonly<Record<string, string>>;
  introduction(load: string, runs: number): string;
  fault(name: FaultName): string;
}

const texts: Readonly<Record<"en" | "zh", Words>> = {
  en: {
    head: "fault",
    titles: {},
    introduction: (load, runs) =>
      `Measured by \`scripts/bench failover\`, which calls \`kubeadm-ha rehearse\` for both sides on one machine (load average ${load} at most; ${runs === 1 ? "one run of each fault" : `medians of ${runs} runs at most`}): seconds / failed requests of 50 a second, as in [failover](../failover.md); + still went on when the observation ended.`,
    fault: (name) => faults[name].title,
  },
  zh: {
    head: "故障",
    titles: {
      "post S0": "原文 S0",
      "post S2": "原文 S2",
      "post S3": "原文 S3",
      "post S4": "原文 S4",
      ours: "本项目",
      "ours, pair": "本项目，两台专用机",
      "ours, services": "本项目，主机服务",
      "ours, static pods": "本项目，静态 Pod",
    },
    introduction: (load, runs) =>
      `由 \`scripts/bench failover\` 测得：它在同一台机器上（平均负载不超过 ${load}；${runs === 1 ? "每种故障一次" : `最多 ${runs} 次的中位数`}）对两边调用 \`kubeadm-ha rehearse\`。单位为秒 / 失败请求数（每秒 50 个），与 [failover](../failover.md) 相同；+ 表示观察结束时仍未恢复。`,
    fault: (name) => chinese[name] ?? faults[name].title,
  },
};

const chinese: Readonly<Partial<Record<FaultName, string>>> = {
  "balancer-killed": "负载均衡进程被杀",
  "keepalived-stopped": "keepalived 正常停止",
  "keepalived-killed": "keepalived 被杀",
  "api-server-killed": "API server 被杀",
  "api-server-hung": "API server 挂起",
  "api-server-drained": "API server 正常退出",
  "ready-failing": "一台 /readyz 失败",
  "holder-cut": "持有虚拟 IP 的节点断网",
  "other-node-cut": "另一节点断网",
  "peers-cut": "两节点之间不通",
  "holder-power-loss": "持有虚拟 IP 的节点掉电",
  "all-start": "全部同时启动",
};
