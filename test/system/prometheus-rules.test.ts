import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { beforeAll, expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";

import { prometheusRulesFormat } from "../../src/formats/prometheus-rules.ts";
import { makePlan } from "../../src/plan/make-plan.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { startLab } from "./lab/lab.ts";
import { mustRun } from "./lab/space.ts";
import { mustRunCommand } from "./support/preparing.ts";
import { requireSystem } from "./support/programs.ts";
import { labPlan, render } from "./support/render.ts";
import { threeNodes } from "./support/configurations.ts";

const rendered = render(threeNodes("ipv4", { virtualIP: "keepalived", loadBalancer: "haproxy" }));
const [file] = prometheusRulesFormat.produce(makePlan(rendered.spec), {
  facts: () => ({}),
  spec: rendered.spec,
  product: "0",
}).files;
const rules = file?.text ?? "";

beforeAll(requireSystem);

it("Prometheus takes them", async () => {
  const place = written("rules.yaml", rules);
  expect((await mustRunCommand(["promtool", "check", "rules", place])).stdout).toContain("SUCCESS: 7 rules found");
});

it("each fires when it should, and only then", async () => {
  const names = ["cp1", "cp2", "cp3"];
  const seen = (value: (instance: string, server: string) => number) =>
    names.flatMap((instance) =>
      names.map((server) => ({
        series: `haproxy_server_status{proxy="ready",state="UP",server="${server}",instance="${instance}"}`,
        values: `${value(instance, server)}x60`,
      })),
    );
  const connections = (used: number) => [
    { series: 'haproxy_process_current_connections{instance="cp1"}', values: `${used}x60` },
    { series: 'haproxy_process_max_connections{instance="cp1"}', values: "8000x60" },
  ];
  const errors = {
    series: 'haproxy_server_connection_errors_total{proxy="members",server="cp1",instance="cp1"}',
    values: "0+10x60",
  };
  const healthy = seen(() => 1);
  /** How many times each alert fires. */
  const cases: readonly (readonly [series: readonly object[], firing: Readonly<Record<string, number>>])[] = [
    [[...healthy, ...connections(100)], {}],
    [seen((_, server) => (server === "cp2" ? 0 : 1)), { KubeAPIServerNotReady: 1 }],
    [seen((instance, server) => (instance + server === "cp1cp2" ? 0 : 1)), { KubeAPIServerSeenDifferently: 1 }],
    [seen(() => 0), { KubeAPINoServerReady: 3, KubeAPIServerNotReady: 3, KubeAPINotRedundant: 3 }],
    [healthy.filter(({ series }) => !series.includes('instance="cp3"')), { KubeAPIBalancerMissing: 1 }],
    [[...healthy, ...connections(7000)], { KubeAPIBalancerNearlyFull: 1 }],
    [[...healthy, errors], { KubeAPIConnectionsFail: 1 }],
  ];
  const tests = cases.map(([series, firing]) => ({
    interval: "15s",
    input_series: series,
    promql_expr_test: [
      {
        expr: 'count by (alertname) (ALERTS{alertstate="firing"})',
        eval_time: "14m",
        exp_samples: Object.entries(firing).map(([name, value]) => ({ labels: `{alertname="${name}"}`, value })),
      },
    ],
  }));
  const place = written(
    "tests.yaml",
    JSON.stringify({ rule_files: [written("rules.yaml", rules)], evaluation_interval: "15s", tests }),
  );
  await mustRunCommand(["promtool", "test", "rules", place]);
});

it("haproxy tells what they ask for, by these names", async () => {
  const lab = await startLab(labPlan(rendered));
  onTestFinished(() => lab.stop());
  const [node] = lab.nodes;
  if (node === undefined) throw new Error("no node");
  await lab.untilHolder(undefined, 20);
  const metrics = await mustRun(node.space, [
    "sh",
    "-c",
    "curl -s http://127.0.0.1:8405/metrics | grep -E '^haproxy_(process|server)_'",
  ]);
  const { groups } = parse(rules) as { groups: readonly { rules: readonly { expr: string }[] }[] };
  const asked = groups
    .flatMap((group) => group.rules)
    .flatMap(({ expr }) => expr.match(/haproxy_\w+(?:\{[^}]*\})?/g) ?? []);
  expect(asked.length).toBeGreaterThan(7);
  for (const name of asked) {
    const [metric = "", labels = ""] = name.split("{");
    const lines = metrics.split("\n").filter((line) => line.startsWith(`${metric}{`) || line.startsWith(`${metric} `));
    const wanted = labels
      .replace("}", "")
      .split(",")
      .filter((label) => label !== "");
    expect(
      lines.some((line) => wanted.every((label) => line.includes(label))),
      name,
    ).toBe(true);
  }
});

function written(name: string, text: string): string {
  const place = join(temporaryDirectory(), name);
  writeFileSync(place, text);
  return place;
}
