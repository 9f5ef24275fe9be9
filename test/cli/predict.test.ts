import { expect, test } from "vitest";

import { processIo } from "../../src/host/process-io.ts";
import { run } from "../../src/program.ts";
import { faultNames } from "../../src/timing/fault-names.ts";
import { ordinary } from "../support/configurations.ts";
import { type Outcome, runOn, runWith } from "../support/io.ts";

async function predict(...argv: readonly string[]): Promise<Outcome> {
  const written = { out: "", err: "" };
  const code = await run(["predict", ...argv], {
    ...processIo,
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
  });
  return { code, ...written };
}

test("predicts every fault of ./ha.yaml, no line wider than a terminal", async () => {
  const { code, out, err } = await runOn(ordinary, "predict");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
  expect(out).toContain("HTTP2_READ_IDLE_TIMEOUT_SECONDS");
});

test("has each fault once in its JSON, null where it lasts until the repair", async () => {
  const { code, out } = await predict("--format", "json", "test/fixtures/seeds/s2");
  const { predictions } = JSON.parse(out) as {
    readonly predictions: readonly {
      readonly fault: string;
      readonly newConnections: { readonly best: number | null };
    }[];
  };
  expect(code).toBe(0);
  expect(predictions.map(({ fault }) => fault)).toEqual(faultNames);
  expect(predictions[0]?.newConnections.best).toBeNull();
});

test("a flag changes the configuration that is predicted", async () => {
  const [fast, slow] = await Promise.all(
    ["fast", "conservative"].map((preset) =>
      runOn(ordinary, "predict", "--failover", preset, "--faults", "holder-cut", "--format", "markdown"),
    ),
  );
  expect(fast?.out).toContain("advert_int 0.1 s");
  expect(slow?.out).toContain("advert_int 1 s");
});

test("an endpoint may be named for files that do not have it", async () => {
  const asked = ["--faults", "api-server-killed", "--format", "json", "test/fixtures/seeds/s4"];
  expect((await predict(...asked)).out).toContain("past the nginx");
  expect((await predict(...asked, "--control-plane-endpoint", "192.168.1.31:16443")).out).not.toContain(
    "past the nginx",
  );
});

test.each([
  ["test/fixtures/seeds/kubespray-local", "has a balancer, but neither keepalived nor kube-vip"],
  ["docs", "has neither keepalived nor kube-vip"],
  ["manifests/keepalived-haproxy", "holds several clusters"],
])("%s ends with what is missing", async (path, message) => {
  const { code, out, err } = await predict(path);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(message);
});

test("an unknown fault is refused with the one that was meant", async () => {
  const { code, err } = await runWith({}, "predict", "--faults", "holder-cutt");
  expect(code).toBe(2);
  expect(err).toContain("did you mean holder-cut?");
});

test("explain knows faults", async () => {
  const { code, out } = await runWith({}, "explain", "etcd-election-silent");
  expect(code).toBe(0);
  expect(out).toContain("as in an election of etcd");
});
