import { join } from "node:path";
import { writeFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { ordinary } from "../support/configurations.ts";
import { runWith } from "../support/io.ts";
import { temporaryDirectory } from "../support/temporary.ts";

const secret = `discovery: {bootstrapToken: {token: abcdef.0123456789abcdef, caCertHashes: ["sha256:${"1".repeat(64)}"]}}`;
const ownSecrets = `apiVersion: kubeadm.k8s.io/v1beta4\nkind: JoinConfiguration\n${secret}\ncontrolPlane: {certificateKey: "${"2".repeat(64)}"}\n`;
const command = `kubeadm join h:1 --token ffffff.0123456789abcdef --discovery-token-ca-cert-hash sha256:${"3".repeat(64)}\n`;

describe("inputs that exclude each other are refused, never chosen between", () => {
  test.each([
    [
      "standard input for two files",
      ["render", "--config", "-", "--kubeadm-config", "-"],
      "--config and --kubeadm-config ask for it",
    ],
    [
      "standard input for a file and an argument",
      ["validate", "--kubeadm-config", "-", "-"],
      "--kubeadm-config and - ask for it",
    ],
    [
      "a join file beside a JoinConfiguration with secrets",
      ["render", "--kubeadm-config", "own.yaml", "--join-command-file", "join", "-o", "/nowhere/x"],
      "brings its own secrets",
    ],
    ["flags for config print", ["config", "print", "--vip", "10.0.0.5", "--failover", "fast"], "not --vip, --failover"],
  ])("%s", async (_, argv, words) => {
    const files = { "ha.yaml": ordinary, "-": ordinary, "own.yaml": ownSecrets, join: command };
    const { code, out, err } = await runWith(files, ...argv);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(words);
  });

  test("a file where a directory should be", async () => {
    const file = join(temporaryDirectory(), "file");
    writeFileSync(file, "mine");
    const { code, err } = await runWith({ "ha.yaml": ordinary }, "render", "-o", file);
    expect(code).toBe(3);
    expect(err).toContain("it is a file; -o needs a directory");
  });
});

test("a JoinConfiguration with secrets makes the steps that fetch them disappear from the runbook", async () => {
  const files = { "ha.yaml": ordinary, "own.yaml": ownSecrets };
  const { out } = await runWith(files, "render", "--kubeadm-config", "own.yaml");
  expect(out).toContain("`cp2# kubeadm join");
  expect(out).not.toContain("--join-command-file");
});
