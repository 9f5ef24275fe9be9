import { existsSync } from "node:fs";

import type { Machine } from "./machine.ts";
import { collect } from "./process.ts";
import { mustRun, type Space, start, write } from "./space.ts";
import { eventually } from "./wait.ts";

/** An SSH server that runs in a machine and ends with it. */
export interface SshServer {
  /** Algorithm and key, as in known_hosts. */
  readonly hostKey: string;
  log(): string;
}

const program = "/usr/sbin/sshd";
const hostKeyFile = "/etc/ssh/ssh_host_ed25519_key";

/** Debian's sshd on the machine's address, with a host key of its own; root comes in with one key only. */
export async function startSshd(machine: Machine, authorizedKey: string): Promise<SshServer> {
  if (!existsSync(program)) throw new Error(`${program} is missing: scripts/debian-packages installs openssh-server`);
  const { space } = machine;
  write(space, { path: "/etc/ssh/sshd_config", text: config(machine.address) });
  const hostKey = await makeKey(space, hostKeyFile);
  write(space, { path: "/root/.ssh/authorized_keys", text: `${authorizedKey}\n`, mode: 0o600 });
  // Without PAM sshd itself looks whether the account is locked, which "!" means; that is this machine's matter.
  await mustRun(space, ["sh", "-ec", "mkdir -m 755 /run/sshd; sed -i 's/^root:[^:]*:/root:*:/' /etc/shadow"]);
  const child = start(space, [program, "-D", "-e"]);
  const { stdout, stderr } = collect(child);
  const log = (): string => stdout() + stderr();
  await eventually(`sshd of ${machine.name} listens`, 10, () => {
    if (child.exitCode !== null) throw new Error(`sshd of ${machine.name} ended at once: ${log()}`);
    return log().includes("Server listening on") || undefined;
  });
  return { hostKey, log };
}

/** Makes a key pair for this test and returns the public key. */
export async function makeKey(space: Space, file: string): Promise<string> {
  const make = `mkdir -p -m 700 "\${0%/*}"; ssh-keygen -q -t ed25519 -N '' -C '' -f "$0"; cat "$0.pub"`;
  return (await mustRun(space, ["sh", "-ec", make, file])).trim();
}

function config(address: string): string {
  return `ListenAddress ${address}
HostKey ${hostKeyFile}
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
PidFile none
`;
}
