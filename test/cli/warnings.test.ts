import { describe, expect, test } from "vitest";

import { changed, kubeVipOnly, ordinary } from "../support/configurations.ts";
import { linesOf, runOn } from "../support/io.ts";

const without = (names: readonly string[]): string =>
  ordinary
    .split("\n")
    .filter((line) => !names.some((name) => line.includes(`name: ${name},`)))
    .join("\n");
const race = "VIP must answer right after the API server (kadm#3294); fixed in 1.34.8/1.35.5/1.36.1 [vip-race]";
const blind = "ha.yaml:5:13 virtualIP.provider: info: kube-vip does not notice";

const rows: readonly (readonly [name: string, file: string, line: string])[] = [
  [
    "an even number of control-plane nodes",
    without(["cp3"]),
    "ha.yaml:11:1 nodes: warning: 2 control-plane nodes survive no more failures than 1 [control-plane-count]",
  ],
  [
    "one control-plane node",
    without(["cp2", "cp3"]),
    "ha.yaml:11:1 nodes: warning: one control-plane node is not highly available [control-plane-count]",
  ],
  [
    "a Kubernetes above 1.37",
    changed("v1.36.3", "v1.38.0"),
    "ha.yaml:3:20 kubernetesVersion: warning: v1.38.0 is newer than this program knows; it is treated as v1.37 [kubernetes-supported]",
  ],
  ...["v1.34.2", "v1.34.7", "v1.35.0", "v1.35.4", "v1.36.0"].map(
    (version) =>
      [
        `kubeadm ${version}, whose init needs the virtual IP at once`,
        kubeVipOnly.replace("v1.36.3", version),
        `ha.yaml:3:20 kubernetesVersion: warning: ${version}: ${race}`,
      ] as const,
  ),
  [
    "an endpoint that is another address",
    changed("virtualIP:\n", "controlPlaneEndpoint: 10.9.9.9\nvirtualIP:\n"),
    "ha.yaml:4:23 controlPlaneEndpoint: warning: 10.9.9.9 is not the virtual IP [endpoint-served]",
  ],
];

// Whoever chooses kube-vip is told what it does not see; that is no reason to stop a build.
test.each([
  ["alone", kubeVipOnly, `${blind} an API server that hangs, and everything goes to the holder's`],
  [
    "before haproxy",
    changed("provider: keepalived", "provider: kube-vip"),
    `${blind} a load balancer that is dead or hangs on the holder`,
  ],
])("a note goes to stderr and stops nothing: kube-vip %s", async (_, file, line) => {
  const { code, err } = await runOn(file, "render");
  expect(code).toBe(0);
  expect(linesOf(err)).toContain(`${line} [kube-vip-blind-spots]`);
  expect(await runOn(file, "validate", "--strict", "ha.yaml")).toMatchObject({ code: 0 });
});

describe("a warning goes to stderr and stops nothing", () => {
  test.each(rows)("%s", async (_, file, line) => {
    const { code, out, err } = await runOn(file, "render");
    expect(code).toBe(0);
    expect(linesOf(err)).toContain(line);
    expect(out).toContain("# ==> RUNBOOK.md 0644\n");
    expect(out).not.toContain(line);
  });

  test.each(rows)("validate ends with 0, with --strict 1, and 0 again when the rule is ignored: %s", async (...row) => {
    const [, file, line] = row;
    const rules = [...(await runOn(file, "validate", "ha.yaml")).out.matchAll(/\[([a-z-]+)\]$/gm)].map(
      (match) => match[1],
    );
    expect(await runOn(file, "validate", "ha.yaml")).toMatchObject({ code: 0 });
    expect(await runOn(file, "validate", "--strict", "ha.yaml")).toMatchObject({ code: 1 });
    const ignored = await runOn(file, "validate", "--strict", "--ignore", rules.join(","), "ha.yaml");
    expect(ignored).toMatchObject({ code: 0, out: "" });
    expect(ignored.out).not.toContain(line);
  });

  test.each(["v1.33.11", "v1.33.12", "v1.34.1", "v1.34.8", "v1.35.5", "v1.36.1", "v1.37.0"])(
    "kubeadm %s has no such race",
    async (version) => {
      expect((await runOn(kubeVipOnly.replace("v1.36.3", version), "render")).err).not.toContain("vip-race");
    },
  );

  test("the ordinary cluster has none", async () => {
    expect(await runOn(ordinary, "validate", "ha.yaml")).toEqual({
      code: 0,
      out: "",
      err: "[validate] recognized: HAConfiguration\n[validate] 1 file: nothing to mend\n",
    });
  });
});
