import { readFileSync } from "node:fs";

import { ExitCode, UserError } from "../../src/errors.ts";
import { findProgram } from "../../src/rehearse/lab/daemons.ts";
import { hierarchies } from "./cgroups.ts";
import { missingOracles } from "./programs.ts";

/** Ends with code 3 where this machine cannot have a cluster, and says everything that is missing. */
export function requireMachine(version: string): void {
  const problems = problemsOf(version);
  if (problems.length === 0) return;
  throw new UserError(problems.join("\n       "), { exitCode: ExitCode.environment });
}

function problemsOf(version: string): readonly string[] {
  if (process.platform !== "linux") return ["a cluster needs Linux: its nodes are namespaces"];
  if (process.getuid?.() !== 0) return ["a cluster needs root, for namespaces, mounts and control groups; try sudo"];
  const absent = capabilities.filter(([, bit]) => (effective() & (1n << bit)) === 0n).map(([name]) => name);
  const programs = required.filter((name) => findProgram(name) === undefined);
  const oracles = missingOracles(version);
  return [
    ...(absent.length > 0
      ? [`the capabilities ${absent.join(", ")} are missing: in a container, run it with --privileged`]
      : []),
    ...(hierarchies().some((place) => place.endsWith("/memory"))
      ? []
      : ["there are no control groups of version 1 here: nodes have only been made with those"]),
    ...(programs.length > 0 ? [`${programs.join(", ")} not found: scripts/debian-packages installs them`] : []),
    ...(oracles.length > 0 ? [`${oracles.join(", ")} not built: scripts/oracles ${oracles.join(" ")}`] : []),
  ];
}

// https://man7.org/linux/man-pages/man7/capabilities.7.html
const capabilities: readonly (readonly [string, bigint])[] = [
  ["CAP_NET_ADMIN", 12n],
  ["CAP_SYS_ADMIN", 21n],
  ["CAP_MKNOD", 27n],
];

const required =
  "containerd containerd-shim-runc-v2 ctr runc haproxy keepalived nginx nc nft ip nsenter unshare findmnt setpriv tar ldd".split(
    " ",
  );

function effective(): bigint {
  const [, hex = "0"] = /^CapEff:\s*(\w+)$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  return BigInt(`0x${hex}`);
}
