import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { builtProgram } from "../support/built.ts";
import { temporaryDirectory } from "../support/temporary.ts";

const root = join(import.meta.dirname, "../..");
const documents = join(root, "manifests/kubeadm-documents");
const nodes = ["cp1=192.168.10.11", "cp2=192.168.10.12", "cp3=192.168.10.13"].flatMap((node) => ["--node", node]);
const everything = ["--kubernetes-version", "v1.36.3", "--vip", "192.168.10.100", "--interface", "eth0", ...nodes];
const joinFile = `kubeadm join 192.168.10.100:6443 --token abcdef.0123456789abcdef --discovery-token-ca-cert-hash sha256:${"a".repeat(64)} --control-plane --certificate-key ${"b".repeat(64)}\n`;

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
    const before = readFileSync(join(directory, "out/RUNBOOK.md"), "utf8");
    const config = readFileSync(join(directory, "out/cp1/etc/kubeadm-ha/kubeadm.yaml"), "utf8");

    const endpoint = /^controlPlaneEndpoint: (\S+)$/m.exec(config)?.[1] ?? "";
    writeFileSync(join(directory, "join"), joinFile.replace("192.168.10.100:6443", endpoint));
    const commands = [...before.matchAll(/`laptop\$ ((?:rm join; )?kubeadm-ha .*)`/g)].map(
      ([, command = ""]) => command,
    );
    expect(commands).toHaveLength(3);
    for (const command of commands.slice(0, 2)) expect(shell(command)).toMatchObject({ status: 0 });
    const joining = readFileSync(join(directory, "out/cp2/etc/kubeadm-ha/kubeadm.yaml"), "utf8");
    expect(joining).toContain(`bindPort: ${port}`);
    expect(joining.includes("unix:///run/containerd")).toBe(flags.includes("--kubeadm-config"));

    expect(shell(commands[2] ?? "")).toMatchObject({ status: 0 });
    expect(existsSync(join(directory, "out/cp2/etc/kubeadm-ha/kubeadm.yaml"))).toBe(false);
    expect(readFileSync(join(directory, "out/cp1/etc/kubeadm-ha/kubeadm.yaml"), "utf8")).toBe(config);
    expect(readFileSync(join(directory, "out/RUNBOOK.md"), "utf8")).toBe(before);
  });
});
