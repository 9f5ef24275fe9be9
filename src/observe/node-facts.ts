import { existsSync, readdirSync, readFileSync } from "node:fs";

import type { NodeFacts } from "../checks/facts.ts";
import { etcdDataDirectory } from "../checks/kubeadm-files.ts";
import { versionCommands, type VersionedProgram, versionOf } from "../checks/program-version.ts";
import { knownPrograms } from "../checks/program.ts";
import { knownBooleans } from "../checks/selinux.ts";
import { knownUnits } from "../checks/service.ts";
import { type ClusterSpec, runsOnHosts } from "../config/spec.ts";
import { errorCode } from "../host/files.ts";
import { programPlaces, type ProgramResult, runProgram } from "../host/run-program.ts";
import { statePath } from "../plan/state.ts";
import { parseInterfaces } from "./addresses.ts";
import { type Ask, observeEndpoint } from "./endpoint.ts";
import { parseListeners } from "./listeners.ts";
import { observeManifests } from "./manifests.ts";

/** Where facts are looked for. */
export interface FactSource {
  /** "/" or the directory that stands for it: where the files of Kubernetes and ours are. */
  readonly root: string;
  readonly spec: ClusterSpec;
  /** What stands for "/" where the kernel is asked and programs are looked for; tests have one of their own. */
  readonly machine?: string;
}

/** What this machine is like. Never fails: what cannot be learned is missing or empty. */
export function collectFacts({ root, spec, machine = "" }: FactSource): NodeFacts {
  const below = root.replace(/\/+$/, "");
  const etcdData = etcdDataDirectory(spec);
  const ask: Ask = (command) => runProgram(command, machine);
  const onHosts = runsOnHosts(spec);
  return {
    otherRoot: below !== "",
    privileged: process.geteuid?.() === 0,
    ...parseInterfaces(output(ask(["ip", "-j", "addr"]))),
    listeners: parseListeners(output(ask(["ss", "-ltnH"]))),
    activeUnits: knownUnits.filter((unit) => succeeds(ask(["systemctl", "is-active", "--quiet", unit]))),
    programs: knownPrograms.filter((name) => isInstalled(name, machine)),
    member: existsSync(`${below}/etc/kubernetes/kubelet.conf`),
    prepared: existsSync(`${below}${statePath}`),
    endpoint: observeEndpoint(spec, { member: existsSync(`${below}/etc/kubernetes/kubelet.conf`), ask }),
    manifests: observeManifests(below, spec.virtualIP.addresses),
    etcdData: etcdData !== undefined && hasEntries(`${below}${etcdData}`),
    cgroupVersion: cgroupVersion(`${machine}/sys/fs/cgroup`),
    versions: {
      kubeadm: version("kubeadm", ask),
      kubelet: version("kubelet", ask),
      containerd: version("containerd", ask),
      // Containers bring their own.
      keepalived: onHosts ? version("keepalived", ask) : undefined,
      haproxy: onHosts ? version("haproxy", ask) : undefined,
      nginx: onHosts ? version("nginx", ask) : undefined,
    },
    firmware: {
      sys_vendor: firmware("sys_vendor", machine),
      product_name: firmware("product_name", machine),
      chassis_asset_tag: firmware("chassis_asset_tag", machine),
    },
    selinux: selinux(`${machine}/sys/fs/selinux/enforce`),
    selinuxBooleansOff: knownBooleans.filter(
      (name) => firstLetter(`${machine}/sys/fs/selinux/booleans/${name}`) === "0",
    ),
    appArmorProfiles: appArmorProfiles(`${machine}/sys/kernel/security/apparmor/profiles`),
  };
}

function isInstalled(name: string, machine: string): boolean {
  return programPlaces(machine).some((directory) => existsSync(`${directory}/${name}`));
}

function output(result: ProgramResult): string {
  return result.state === "ended" ? result.stdout : "";
}

function succeeds(result: ProgramResult): boolean {
  return result.state === "ended" && result.status === 0;
}

function version(program: VersionedProgram, ask: Ask): string | undefined {
  const result = ask(versionCommands[program].command);
  return result.state === "ended" ? versionOf(program, result) : undefined;
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
  return text(`${machine}/sys/class/dmi/id/${name}`).replace(/\n+$/, "");
}

/** The kernel lists one a line: the profile, which may be called by the path, and in brackets its mode. */
function appArmorProfiles(path: string): readonly string[] {
  const lines = text(path).split("\n");
  return knownUnits.filter((name) => [name, `/usr/sbin/${name}`].some((each) => lines.includes(`${each} (enforce)`)));
}

function firstLetter(path: string): string {
  return text(path).slice(0, 1);
}

function text(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
