import { existsSync, readdirSync, readFileSync } from "node:fs";

import type { NodeFacts } from "../checks/facts.ts";
import { etcdDataDirectory } from "../checks/kubeadm-files.ts";
import { versionCommands } from "../checks/program-version.ts";
import { knownPrograms } from "../checks/program.ts";
import { knownUnits } from "../checks/service.ts";
import type { ClusterSpec } from "../config/spec.ts";
import { errorCode } from "../host/files.ts";
import { runProgram } from "../host/run-program.ts";
import { statePath } from "../plan/state.ts";
import { parseInterfaces } from "./addresses.ts";
import { observeEndpoint } from "./endpoint.ts";
import { parseListeners } from "./listeners.ts";
import { observeManifests } from "./manifests.ts";

/** Where facts are looked for. */
export interface FactSource {
  /** "/" or the directory that stands for it: where the files of Kubernetes and ours are. */
  readonly root: string;
  readonly spec: ClusterSpec;
  /** What stands for "/" where the kernel is asked; tests have one of their own. */
  readonly machine?: string;
}

/** What this machine is like. Never fails: what cannot be learned is missing or empty. */
export function collectFacts({ root, spec, machine = "" }: FactSource): NodeFacts {
  const below = root.replace(/\/+$/, "");
  const etcdData = etcdDataDirectory(spec);
  return {
    otherRoot: below !== "",
    privileged: process.geteuid?.() === 0,
    ...parseInterfaces(output(["ip", "-j", "addr"])),
    listeners: parseListeners(output(["ss", "-ltnH"])),
    activeUnits: knownUnits.filter((unit) => succeeds(["systemctl", "is-active", "--quiet", unit])),
    programs: knownPrograms.filter((name) => isInstalled(name)),
    member: existsSync(`${below}/etc/kubernetes/kubelet.conf`),
    prepared: existsSync(`${below}${statePath}`),
    endpoint: observeEndpoint(spec, { member: existsSync(`${below}/etc/kubernetes/kubelet.conf`) }),
    manifests: observeManifests(below, spec.virtualIP.addresses),
    etcdData: etcdData !== undefined && hasEntries(`${below}${etcdData}`),
    cgroupVersion: cgroupVersion(`${machine}/sys/fs/cgroup`),
    versions: { kubeadm: version("kubeadm"), kubelet: version("kubelet"), containerd: version("containerd") },
    firmware: {
      sys_vendor: firmware("sys_vendor", machine),
      product_name: firmware("product_name", machine),
      chassis_asset_tag: firmware("chassis_asset_tag", machine),
    },
    selinux: selinux(`${machine}/sys/fs/selinux/enforce`),
    appArmor: firstLetter(`${machine}/sys/module/apparmor/parameters/enabled`) === "Y",
  };
}

function isInstalled(name: string): boolean {
  const directories = (process.env["PATH"] ?? "").split(":").filter(Boolean);
  return directories.some((directory) => existsSync(`${directory}/${name}`));
}

function output(command: readonly string[]): string {
  const result = runProgram(command);
  return result.state === "ended" ? result.stdout : "";
}

function succeeds(command: readonly string[]): boolean {
  const result = runProgram(command);
  return result.state === "ended" && result.status === 0;
}

function version(program: keyof typeof versionCommands): string | undefined {
  const { command, word } = versionCommands[program];
  const line = output(command).split("\n")[0] ?? "";
  return line.trim().split(/[ \t]+/)[word] || undefined;
}

function cgroupVersion(directory: string): 1 | 2 | undefined {
  if (existsSync(`${directory}/cgroup.controllers`)) return 2;
  return hasEntries(directory) ? 1 : undefined;
}

function hasEntries(path: string): boolean {
  try {
    return readdirSync(path).length > 0;
  } catch (error) {
    // A file stands in the directory's place.
    return errorCode(error) === "ENOTDIR" && existsSync(path);
  }
}

function selinux(path: string): NodeFacts["selinux"] {
  const mode = firstLetter(path);
  if (mode === "") return undefined;
  return mode === "1" ? "enforcing" : "permissive";
}

function firmware(name: keyof NodeFacts["firmware"], machine: string): string {
  try {
    return readFileSync(`${machine}/sys/class/dmi/id/${name}`, "utf8").replace(/\n+$/, "");
  } catch {
    return "";
  }
}

function firstLetter(path: string): string {
  try {
    return readFileSync(path, "utf8").slice(0, 1);
  } catch {
    return "";
  }
}
