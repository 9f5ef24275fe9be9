import { describe, expect, test } from "vitest";

import { predictionFormats } from "../../src/report/predictions/index.ts";
import type { PredictionReport } from "../../src/report/report.ts";
import { faultNames } from "../../src/timing/fault-names.ts";

const report: PredictionReport = {
  name: "manifests/keepalived-haproxy/ha.yaml",
  predictions: faultNames.map((fault, index) => ({
    fault,
    prediction: {
      newConnections: { best: 0.22, typical: 12.3, worst: index === 1 ? Infinity : 38.05 },
      established: { best: 5, typical: 5, worst: 5 },
      dominatedBy: "advert_int 300ms (etc/kubeadm-ha/keepalived/keepalived.conf:24), three of which must be missing",
      shorten: index === 2 ? undefined : "a smaller virtualIP.advertisementInterval or failover: fast",
      notes: ["Nothing protects from this."],
    },
  })),
  notes: ["Clients notice a dead connection after 30 + 15 s, unless HTTP2_READ_IDLE_TIMEOUT_SECONDS is set."],
};

describe("text", () => {
  test("no line is wider than a terminal", () => {
    for (const line of predictionFormats.text(report).split("\n")) {
      expect(line.length, line).toBeLessThanOrEqual(80);
      expect(line).not.toMatch(/\s$/);
    }
  });

  test("has the spans of every fault, its reason and the mend", () => {
    const text = predictionFormats.text(report);
    expect(text).toContain("0.22–38.05 (12.30)");
    expect(text).toContain("0.22–∞ (12.30)");
    expect(text).toMatch(/ 5\.00\n/);
    expect(text).toContain("  Decided by advert_int 300ms");
    expect(text).toContain("  Shorter with a smaller virtualIP.advertisementInterval");
    expect(text).toContain("30 + 15 s");
  });
});

test("what holds for several faults is said once", () => {
  const text = predictionFormats.text(report);
  expect(text.match(/Decided by/g)).toHaveLength(2);
  expect(predictionFormats.markdown(report).match(/Decided by/g)).toHaveLength(2);
  expect(text).toMatch(/^balancer killed; balancer killed, restarted after 1 s; keepalived killed;/m);
});

test("json has no infinity", () => {
  expect(JSON.parse(predictionFormats.json(report))).toMatchObject({
    kind: "PredictionReport",
    predictions: [
      { fault: "balancer-killed", newConnections: { best: 0.22, typical: 12.3, worst: 38.05 } },
      { newConnections: { worst: null } },
      { shorten: null },
      ...faultNames.slice(3).map((fault) => ({ fault })),
    ],
  });
});

test("markdown has a row for every fault", () => {
  const rows = [...predictionFormats.markdown(report).matchAll(/^\|.*\|$/gm)];
  expect(rows).toHaveLength(faultNames.length + 2);
});
