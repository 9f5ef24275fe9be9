import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";

import { cache } from "../../support/packages.ts";
import { environment } from "../lab/space.ts";

/** The real programs that scripts/oracles builds. */
export function oracle(name: string): string {
  const program = path.join(cache, "oracles", name);
  if (!existsSync(program)) throw new Error(`${program} is missing: scripts/oracles builds it`);
  return program;
}

/** A program that scripts/python-tools installs. */
export function pythonTool(name: string): string {
  const program = path.join(cache, "python-tools/bin", name);
  if (!existsSync(program)) throw new Error(`${program} is missing: scripts/python-tools installs it`);
  return program;
}

/** The root of a Debian 13, which no test writes to. */
export function debian13(): string {
  return unpacked("debian13");
}

/** The same with systemd, and with the packages of the daemons in apt's cache. */
export function bootingDebian(): string {
  return unpacked("debian13-systemd");
}

function unpacked(name: string): string {
  const root = path.join(cache, name);
  if (!existsSync(root)) throw new Error(`${root} is missing: scripts/debian-packages makes it`);
  return root;
}

/** Fails where a system test cannot run: skipping it would look like success. */
export function requireSystem(): void {
  if (process.getuid?.() !== 0) throw new Error("system tests need root, for namespaces: run scripts/test as root");
  const missing = ["keepalived", "haproxy", "ip", "unshare", "nsenter", "setpriv", "curl", "openssl", "nc"].filter(
    (name) => !installed(name),
  );
  if (missing.length > 0)
    throw new Error(
      `${missing.join(", ")} not found: scripts/debian-packages installs ${missing.length === 1 ? "it" : "them"}`,
    );
}

function installed(name: string): boolean {
  return (environment["PATH"] ?? "").split(":").some((directory) => executable(path.join(directory, name)));
}

function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
