import { rmSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { runBuilt } from "../support/built.ts";
import { temporaryDirectory } from "../support/temporary.ts";

const flags = [
  "--stack",
  "kube-vip",
  "--kubernetes-version",
  "v1.34.10",
  "--vip",
  "10.0.0.10",
  "--node",
  "cp1=10.0.0.11",
];

test("diff on a node expects what prepare would write, before finalize, after it, and after kubeadm reset", () => {
  const root = temporaryDirectory();
  const on = (...argv: readonly string[]) => runBuilt([...argv, "--rootfs", root]);
  expect(on("prepare", ...flags, "--node-name", "cp1", "--init").code).toBe(0);
  expect(on("diff")).toMatchObject({ code: 0, out: "" });
  expect(on("finalize", "--no-wait").code).toBe(0);
  expect(on("diff")).toMatchObject({ code: 0, out: "" });
  // kubeadm reset empties the directory: the next kubeadm init needs super-admin.conf again.
  rmSync(join(root, "etc/kubernetes/manifests/kube-vip.yaml"));
  const { code, out } = on("diff");
  expect(code).toBe(1);
  expect(out).toContain("path: /etc/kubernetes/super-admin.conf");
  expect(on("prepare", "--node-name", "cp1", "--init").code).toBe(0);
  expect(on("diff")).toMatchObject({ code: 0, out: "" });
});
