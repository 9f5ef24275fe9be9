import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { expect, test } from "vitest";

import { machinePart, scriptPaths } from "../../src/formats/capi/machine.ts";
import { resolveConfiguration } from "../../src/config/resolve.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { poolConfiguration } from "./capi-template.ts";

const { spec } = resolveConfiguration({ file: { name: "ha.yaml", text: poolConfiguration }, pool: true });
if (spec === undefined) throw new Error("the configuration is wrong");
const { files } = machinePart(spec);
const manifest = "/etc/kubernetes/manifests/kube-vip.yaml";

// What the scripts do in the life of a machine: test/node/cluster-api-machine.test.ts.
test.each([
  ["v1.28.15", "/etc/kubernetes/admin.conf"],
  ["v1.29.0", "/etc/kubernetes/super-admin.conf"],
  ["v1.36.3", "/etc/kubernetes/super-admin.conf"],
])("kubeadm %s makes the founding machine begin with %s", (version, kubeconfig) => {
  const root = temporaryDirectory();
  const put = (path: string, text: string, mode: number): void => {
    mkdirSync(dirname(root + path), { recursive: true });
    writeFileSync(root + path, text, { mode });
  };
  for (const { path, text, mode } of files) put(path, text, mode);
  put("/bin/kubeadm", `#!/bin/sh\necho ${version}\n`, 0o755);
  put("/run/kubeadm/kubeadm.yaml", "x", 0o640);
  const { status, stderr } = spawnSync("sh", [root + scriptPaths.before, root], {
    encoding: "utf8",
    env: { PATH: `${root}/bin:/usr/bin:/bin` },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(readFileSync(root + manifest, "utf8")).toContain(` path: ${kubeconfig}\n`);
});

test("what stands in the scripts is nothing to clusterctl and Jinja, and fits where nothing may be compressed", () => {
  for (const { path, text } of files) {
    expect(text, path).not.toMatch(/\$\{|\{\{|\{%|\{#/);
    expect(text.length, path).toBeLessThan(10_240);
  }
});
