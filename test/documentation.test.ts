import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";
import { parse } from "yaml";

import { builtProgram, root } from "./support/built.ts";
import { temporaryDirectory } from "./support/temporary.ts";

const page = readFileSync(join(root, "docs/ci.md"), "utf8");
const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => parse(text) as unknown);

interface Set {
  readonly jobs?: { readonly validate: { readonly steps: readonly { readonly run?: string }[] } };
  readonly validate?: { readonly script: readonly string[] };
  readonly repos?: readonly { readonly hooks: readonly { readonly entry: string }[] }[];
}

const setUps = (blocks as readonly Set[]).map(({ jobs, validate, repos }) => [
  ...(jobs?.validate.steps ?? []).flatMap(({ run }) => (run === undefined ? [] : [run])),
  ...(validate?.script ?? []),
  ...(repos ?? []).flatMap(({ hooks }) => hooks.map(({ entry }) => entry)),
]);

describe.each([
  ["GitHub Actions", 0],
  ["GitLab", 1],
  ["pre-commit", 2],
] as const)("the set-up for %s", (_, index) => {
  const commands = setUps[index] ?? [];

  test("has one command", () => expect(commands).toHaveLength(1));

  test("lets a good tree pass and stops a bad one", () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, "bin"));
    symlinkSync(builtProgram, join(directory, "bin/kubeadm-ha"));
    mkdirSync(join(directory, "repository"));
    cpSync(join(root, "manifests/keepalived-haproxy"), join(directory, "repository/cluster"), { recursive: true });
    const run = () =>
      spawnSync("sh", ["-ec", commands.join("\n")], {
        cwd: join(directory, "repository"),
        encoding: "utf8",
        env: { PATH: `${directory}/bin:${process.env["PATH"] ?? ""}` },
      });
    const good = run();
    expect(good.status, good.stdout + good.stderr).toBe(0);
    writeFileSync(join(directory, "repository/keepalived.conf"), "vrrp_instance VI_1 {\n    state MASTER\n}\n");
    expect(run().status).toBe(1);
  });
});
