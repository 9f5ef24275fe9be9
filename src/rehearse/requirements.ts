import { ExitCode, UserError } from "../errors.ts";

/** What a rehearsal needs of this machine. */
export interface Surroundings {
  readonly platform: string;
  /** Of the user; undefined where there is no such thing. */
  readonly userID: number | undefined;
  /** Programs that are not installed. */
  readonly missing: readonly string[];
}

/** Ends with code 3 where something is missing, and says what. */
export function requireSurroundings({ platform, userID, missing }: Surroundings): void {
  if (platform !== "linux") throw failure("rehearse needs Linux: it makes network namespaces");
  if (userID !== 0) throw failure("rehearse needs root, to make namespaces that have their own network; try sudo");
  if (missing.length === 0) return;
  const needed = [...new Set(missing.map((program) => packages[program] ?? program))].toSorted();
  throw failure(
    `rehearse needs ${missing.join(", ")}: on Debian and Ubuntu, apt-get install --no-install-recommends ${needed.join(" ")}`,
  );
}

// Where the name is another one; https://packages.debian.org
const packages: Readonly<Record<string, string>> = {
  base64: "coreutils",
  findmnt: "util-linux",
  ip: "iproute2",
  killall: "psmisc",
  mount: "mount",
  mountpoint: "util-linux",
  nc: "netcat-openbsd",
  netstat: "net-tools",
  nft: "nftables",
  nginx: "nginx libnginx-mod-stream",
  nsenter: "util-linux",
  pgrep: "procps",
  pidof: "sysvinit-utils",
  pkill: "procps",
  ps: "procps",
  service: "init-system-helpers",
  setpriv: "util-linux",
  setsid: "util-linux",
  ss: "iproute2",
  unshare: "util-linux",
};

function failure(message: string): UserError {
  return new UserError(message, { exitCode: ExitCode.environment });
}
