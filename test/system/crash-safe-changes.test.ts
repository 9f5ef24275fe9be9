import { chmodSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { beforeAll, describe, expect, it } from "vitest";

import { builtProgram } from "../support/built.ts";
import { buildCrashAt, type CrashRun } from "./crash/crash.ts";
import { expectCrashSafe } from "./support/crash-safety.ts";
import { prepare } from "./support/hostile.ts";
import { mustRunCommand, type Preparation, program } from "./support/preparing.ts";
import { requireSystem } from "./support/programs.ts";
import { reset } from "./support/reset.ts";
import { type Tree, treeOf } from "./support/tree.ts";

beforeAll(() => {
  requireSystem();
  buildCrashAt();
});

const kubeVip: Preparation = {
  file: fileURLToPath(new URL("../../manifests/kube-vip/ha.yaml", import.meta.url)),
  node: "cp1",
};
const manifest = "/etc/kubernetes/manifests/kube-vip.yaml";

describe("killed at any step, and run again:", () => {
  it.each([
    ["kubeadm-ha finalize", (root: string) => [process.execPath, builtProgram, "finalize", "--rootfs", root]],
    ["finalize.sh", (root: string) => ["dash", path.join(root, "etc/kubeadm-ha/finalize.sh"), "--rootfs", root]],
  ])("%s", async (name, command) => {
    const argv = (root: string): readonly string[] => [...command(root), "--no-wait"];
    const run = await expectCrashSafe({
      start: async (root) => void (await mustRunCommand(prepare(program, root, kubeVip))),
      argv,
      settled: ({ stdout }) => expect(stdout).toBe(`[finalize] unchanged "${manifest}"\n`),
      check: (_, { after }) => expect(after[manifest]).toContain("path: /etc/kubernetes/admin.conf"),
      // It knows both for its own, and makes one thing of them.
      otherwise: {
        argv: (root) => prepare(program, root, kubeVip),
        check: (found, { before, after }) => expect([before, after]).toContainEqual(found),
      },
    });
    tell(name, run);
  });

  it("kubeadm-ha reset", async () => {
    const origin: { tree?: Tree } = {};
    const run = await expectCrashSafe({
      start: async (root) => {
        const foreign = path.join(root, "etc/tmpfiles.d/kubeadm-ha.conf");
        for (const place of ["etc/tmpfiles.d", "run"]) mkdirSync(path.join(root, place), { recursive: true });
        writeFileSync(foreign, "# of somebody else\n");
        chmodSync(foreign, 0o640);
        utimesSync(foreign, 1e9, 1e9);
        origin.tree = treeOf(root, { times: true });
        await mustRunCommand([...prepare(program, root), "--adopt"]);
      },
      argv: (root) => reset(root, "--force"),
      settled: ({ stdout }) => expect(stdout).toContain("nothing to remove"),
      check: (_, { after }) => expect(Object.keys(after)).toEqual(Object.keys(origin.tree ?? {})),
      otherwise: {
        argv: (root) => reset(root, "--force"),
        times: true,
        check: (found) => expect(found).toEqual(origin.tree),
      },
    });
    tell("kubeadm-ha reset", run);
  });
});

function tell(name: string, { steps }: CrashRun): void {
  process.stdout.write(`${name}: N=${steps}\n`);
}
