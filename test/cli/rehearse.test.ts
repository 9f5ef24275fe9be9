import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { clusterFiles } from "../../src/commands/cluster-files.ts";
import { rehearsalRequest } from "../../src/commands/rehearsal-request.ts";
import { processIo } from "../../src/host/process-io.ts";
import { makeScene } from "../../src/rehearse/scene/make-scene.ts";
import { faultNames } from "../../src/timing/fault-names.ts";
import { builtProgram, root, runBuilt } from "../support/built.ts";
import { ordinary } from "../support/configurations.ts";
import { runOn, runWith } from "../support/io.ts";

describe("what rehearse is asked for", () => {
  test("by default: every fault but the two that take long, once, with the first node as holder", () => {
    const { faults, ...rest } = rehearsalRequest({});
    expect(faultNames.filter((name) => !faults.includes(name))).toEqual(["idle-stream", "busy-machine"]);
    expect(rest).toEqual({ repetitions: 1, holder: "first", form: undefined, format: "text", samples: undefined });
  });

  test("faults come in the order of the tables, each once", () => {
    expect(rehearsalRequest({ faults: "holder-cut, balancer-killed,holder-cut" }).faults).toEqual([
      "balancer-killed",
      "holder-cut",
    ]);
  });

  test.each([
    ["--faults", "holder-cutt", "did you mean holder-cut?"],
    ["--repetitions", "0", "a number from 1 to 1000"],
    ["--repetitions", "2.5", "a number from 1 to 1000"],
    ["--holder", "middle", "there are first, last, both"],
    ["--as", "static-pods", "did you mean static-pod?"],
    ["--format", "yaml", "there are text, json, markdown"],
  ])("%s %s is refused before anything is read", async (flag, value, message) => {
    const { code, out, err } = await runWith({}, "rehearse", flag, value);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
  });
});

describe("what rehearse looks at", () => {
  const examples = join(root, "manifests/keepalived-haproxy");

  test("a configuration and the tree that render makes of it are the same scene", () => {
    const rendered = makeScene(clusterFiles(undefined, { config: join(examples, "ha.yaml") }, processIo)).scene;
    const named = makeScene(clusterFiles(join(examples, "ha.yaml"), {}, processIo)).scene;
    expect({ ...named, name: "" }).toEqual({ ...rendered, name: "" });
    expect(rendered.nodes.map(({ name }) => name)).toEqual(["cp1", "cp2", "cp3"]);
    const tree = makeScene(clusterFiles(join(examples, "v1.34/"), {}, processIo)).scene;
    expect(tree.nodes.map(({ name, addresses }) => [name, addresses])).toEqual(
      rendered.nodes.map(({ name, addresses }) => [name, addresses]),
    );
  });

  test("flags change a configuration", () => {
    const options = { config: join(examples, "ha.yaml") };
    const plain = makeScene(clusterFiles(undefined, options, processIo)).scene;
    const fast = makeScene(clusterFiles(undefined, { ...options, failover: "fast" }, processIo)).scene;
    expect(fast.configuration).not.toBe(plain.configuration);
  });

  test.each([
    [["--failover", "fast", examples], 2, "--failover changes a configuration, and"],
    [["--config", "ha.yaml", examples], 2, "are two things to look at: name one"],
    [[examples], 2, "several clusters"],
    [["manifests/kube-vip/ha.yaml"], 2, "elects through a real Kubernetes API"],
    [["test/fixtures/seeds/kubespray-local"], 2, "no keepalived configuration"],
    [["--as", "static-pod", "test/fixtures/seeds/s0"], 2, "has no static pod for each of its programs"],
    [["nowhere"], 3, "cannot read nowhere: it does not exist"],
  ] as const)("%j", (argv, code, message) => {
    const outcome = runBuilt(["rehearse", ...argv]);
    expect(outcome).toMatchObject({ code, out: "" });
    expect(outcome.err).toContain(message);
  });

  test("without a file and a path there is nothing to look at", async () => {
    const { code, err } = await runWith({}, "rehearse");
    expect(code).toBe(2);
    expect(err).toContain("there is no ha.yaml here and no --config");
  });

  test("one machine needs no rehearsal", async () => {
    const alone = ordinary.replace(/- \{name: cp[23].*\n/g, "");
    const { code, err } = await runOn(alone, "rehearse");
    expect(code).toBe(2);
    expect(err).toContain("a virtual IP that cannot move needs no rehearsal");
  });
});

test.runIf(process.getuid?.() === 0)("without root it says so before anything is made", () => {
  const words = [process.execPath, builtProgram, "rehearse", "manifests/keepalived-haproxy/ha.yaml"];
  // Somebody who may read, since a checkout can stand below a directory of root's alone.
  const reading = ["--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search"];
  const run = () =>
    execFileSync("setpriv", ["--reuid", "65534", "--clear-groups", ...reading, ...words], { cwd: root, stdio: "pipe" });
  expect(run).toThrow(expect.objectContaining({ status: 3, stderr: expect.anything() }));
  expect(run).toThrow(/rehearse needs root/);
});
