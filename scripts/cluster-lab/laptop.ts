import { spawn } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { shellWord } from "../../src/render/text.ts";
import { collect } from "../../src/rehearse/lab/process.ts";
import { environment, type Result, type Space, within } from "../../src/rehearse/lab/space.ts";

const installed = "/run/lab/installed";

/** Where the administrator works: a directory with ha.yaml, kubeadm-ha, and ssh to every node. */
export interface Laptop {
  readonly directory: string;
  /** Runs a line as it is typed in the shell there. */
  type(line: string): Promise<Result>;
  /** What a node needs to have kubeadm-ha too: files of this machine and where the node has them. */
  readonly installation: Readonly<Record<string, string>>;
  /** Lets `ssh root@NODE` reach a node. */
  know(node: Space): void;
}

/** A laptop in a directory of this machine; only what is typed is of interest here, so ssh is a stand-in. */
export function makeLaptop(directory: string): Laptop {
  const bin = path.join(directory, ".bin");
  mkdirSync(bin, { recursive: true });
  cpSync("dist", path.join(directory, ".kubeadm-ha"), { recursive: true });
  const program = path.join(directory, ".kubeadm-ha/kubeadm-ha.cjs");
  executable(path.join(bin, "kubeadm-ha"), `exec ${shellWord(process.execPath)} ${shellWord(program)} "$@"\n`);
  executable(path.join(bin, "ssh"), `host=\${1#root@}\nshift\nexec "\${0%/*}/enter-$host" sh -c "$*"\n`);
  return {
    directory,
    installation: { [process.execPath]: `${installed}/node`, [path.dirname(program)]: `${installed}/kubeadm-ha` },
    know: (node) => executable(path.join(bin, `enter-${node.name}`), enterScript(node)),
    type: async (line) => {
      const child = spawn("sh", ["-c", line], {
        cwd: directory,
        env: { ...environment, PATH: `${bin}:${environment["PATH"]}`, HOME: directory },
        stdio: ["ignore", "pipe", "pipe"],
        detached: true,
      });
      const { stdout, stderr } = collect(child);
      const status = await new Promise<number | null>((resolve, reject) =>
        child.once("error", reject).once("close", resolve),
      );
      return { status, stdout: stdout(), stderr: stderr() };
    },
  };
}

/** kubeadm-ha as a node runs it. */
export const nodeProgram = `#!/bin/sh\nexec ${installed}/node ${installed}/kubeadm-ha/kubeadm-ha.cjs "$@"\n`;

/** A script that runs a command on a node as root who has just logged in. */
export function enterScript({ pid, cgroups = [] }: Space): string {
  const namespaces = ["--mount", "--net", "--uts", "--pid", "--ipc", "--cgroup"];
  const login = ["env", "-i", "-C", "/root", `PATH=${environment["PATH"]}`, "HOME=/root", "LC_ALL=C"];
  const command = within(cgroups, ["nsenter", "--target", String(pid), ...namespaces, "--", ...login]);
  return `exec ${command.map(shellWord).join(" ")} "$@"\n`;
}

function executable(file: string, text: string): void {
  writeFileSync(file, `#!/bin/sh\n${text}`);
  chmodSync(file, 0o755);
}
