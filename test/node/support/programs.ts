import { execFileSync } from "node:child_process";
import { accessSync, constants, mkdirSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { newDirectory } from "./directory.ts";

/** A program of this machine. */
export interface InstalledProgram {
  readonly name: string;
  readonly path: string;
}

/** Everything that the node script may call: the programs of Debian's coreutils, util-linux and iproute2. */
export function packagePrograms(): readonly InstalledProgram[] {
  const files = execFileSync("dpkg", ["-L", "coreutils", "util-linux", "iproute2"], { encoding: "utf8" }).split("\n");
  const paths = files.filter((path) => /^(\/usr)?\/s?bin\/[^/]+$/.test(path));
  // Some are in two directories.
  return [...new Map(paths.map((path) => [basename(path), path]))].map(([name, path]) => ({ name, path }));
}

/** A directory of programs and nothing else, for PATH. */
export function programDirectory(programs: readonly InstalledProgram[]): string {
  const directory = join(newDirectory(), "bin");
  mkdirSync(directory);
  for (const { name, path } of programs) symlinkSync(path, join(directory, name));
  return directory;
}

/** A program of the usual places. */
export function installed(name: string, call = name): InstalledProgram {
  const [path] = usualPlaces(name);
  if (path === undefined) throw new Error(`there is no ${name} here: scripts/debian-packages installs what tests need`);
  return { name: call, path };
}

/** What of Kubernetes is at the usual places of this machine, where `prepare` sees it whatever PATH is. */
export function kubernetesPrograms(): readonly InstalledProgram[] {
  const names = ["kubeadm", "kubelet", "containerd"];
  return names.flatMap((name) =>
    usualPlaces(name)
      .slice(0, 1)
      .map((path) => ({ name, path })),
  );
}

/** A script that finds programs in PATH only, and not at the usual places besides. */
export function withoutOtherPrograms(script: string): string {
  const line = /^PATH=.*\n/m;
  if (!line.test(script)) throw new Error("the script sets no PATH");
  return script.replace(line, "");
}

function usualPlaces(name: string): readonly string[] {
  return ["/usr/bin", "/bin", "/usr/sbin", "/sbin"].map((place) => join(place, name)).filter(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
