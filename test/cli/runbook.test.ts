import { copyFileSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { builtProgram } from "../support/built.ts";
import { temporaryDirectory } from "../support/temporary.ts";

const root = join(import.meta.dirname, "../..");
const documents = join(root, "manifests/kubeadm-documents");
const nodes = ["cp1=192.168.10.11", "cp2=192.168.10.12", "cp3=192.168.10.13"].flatMap((node) => ["--node", node]);
const everything = ["--kubernetes-version", "v1.36.3", "--vip", "192.168.10.100", "--interface", "eth0", ...nodes];

describe("the runbook's own commands work as they stand", () => {
  test.each([
    ["from flags alone", ["--stack", "kube-vip", ...everything], 6443],
    ["with a flag beside the file", ["--config", "ha.yaml", "--apiserver-bind-port", "9443"], 9443],
    ["with kubeadm's documents", ["--config", "ha.yaml", "--kubeadm-config", "kubeadm-v1beta4.yaml"], 6443],
  ])("%s", (_, flags, port) => {
    const directory = temporaryDirectory();
    for (const name of ["ha.yaml", "kubeadm-v1beta4.yaml"]) copyFileSync(join(documents, name), join(directory, name));
    mkdirSync(join(directory, "bin"));
    symlinkSync(builtProgram, join(directory, "bin/kubeadm-ha"));
    const shell = (command: string) =>
      spawnSync("sh", ["-c", command], {
        cwd: directory,
        encoding: "utf8",
        env: { PATH: `${directory}/bin:${process.env["PATH"] ?? ""}` },
      });
    expect(shell(`kubeadm-ha render ${flags.join(" ")} -o out`).status).toBe(0);
    const runbook = readFileSync(join(directory, "out/RUNBOOK.md"), "utf8");
    const commands = [...runbook.matchAll(/`laptop\$ (kubeadm-ha .*)`/g)].map(([, command = ""]) => command);
    expect(commands).toHaveLength(3);
    const scripts = commands.map((command, index) => {
      expect(command).toMatch(new RegExp(` \\| ssh root@cp${index + 1} sh$`));
      const { status, stdout } = shell(command.replace(/ \| ssh .*/, ""));
      expect(status).toBe(0);
      return stdout;
    });
    for (const script of scripts) {
      expect(script).toMatch(/^#!\/bin\/sh\n/);
      expect(script).toContain(`bindPort: ${port}`);
      expect(script.includes("unix:///run/containerd")).toBe(flags.includes("--kubeadm-config"));
    }
  });

  test("with secrets in the documents the scripts are written, not printed", () => {
    const directory = temporaryDirectory();
    copyFileSync(join(documents, "ha.yaml"), join(directory, "ha.yaml"));
    const secret = "b".repeat(64);
    writeFileSync(
      join(directory, "ha.yaml"),
      `---\napiVersion: kubeadm.k8s.io/v1beta4\nkind: InitConfiguration\ncertificateKey: ${secret}\n`,
      { flag: "a" },
    );
    const program = (...words: readonly string[]) =>
      spawnSync(builtProgram, ["render", ...words], { cwd: directory, encoding: "utf8" });
    expect(program("-o", "out").status).toBe(0);
    const runbook = readFileSync(join(directory, "out/RUNBOOK.md"), "utf8");
    expect(runbook).toContain("`laptop$ kubeadm-ha render --config ha.yaml --format script -o scripts`");
    expect(runbook).toContain("`laptop$ ssh root@cp1 sh < scripts/cp1.sh`");
    expect(runbook).not.toContain(secret);
    expect(program("--format", "script", "-o", "scripts").status).toBe(0);
    expect(readFileSync(join(directory, "scripts/cp1.sh"), "utf8")).toContain(secret);
    expect(statSync(join(directory, "scripts/cp1.sh")).mode & 0o777).toBe(0o600);
    expect(program("--format", "script", "--node", "cp1")).toMatchObject({ status: 2, stdout: "" });
  });
});
