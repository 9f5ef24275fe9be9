import { root } from "../../support/built.ts";
import { type Machine, type MachineOptions, programs, startMachine } from "./machine.ts";
import type { Network } from "./network.ts";
import { makeKey, type SshServer } from "./sshd.ts";
import { mustRun, write } from "./space.ts";

/** The machine at which the administrator sits: ssh and kubeadm-ha work there without any flag or question. */
export interface Laptop extends Machine {
  /** To put into the servers' authorized_keys. */
  readonly publicKey: string;
  /** Notes the host keys of servers, so that nothing is asked. */
  know(servers: readonly { readonly name: string; readonly sshd: SshServer }[]): void;
}

export interface LaptopOptions extends Omit<MachineOptions, "programs"> {
  /** A sed script that does what the administrator does in an editor. */
  readonly edit: string;
}

/** A laptop with the program as it is built now. */
export async function startLaptop(network: Network, { edit, ...options }: LaptopOptions): Promise<Laptop> {
  const machine = await startMachine(network, { ...options, programs: { node: process.execPath, checkout: root } });
  const { space } = machine;
  try {
    // A copy, since a build elsewhere replaces the directory.
    await mustRun(space, ["cp", "-r", `${programs}/checkout/dist`, `${programs}/kubeadm-ha`]);
    const run = `exec ${programs}/node ${programs}/kubeadm-ha/kubeadm-ha.cjs "$@"`;
    write(space, { path: "/usr/local/bin/kubeadm-ha", text: `#!/bin/sh\n${run}\n`, mode: 0o755 });
    write(space, { path: editor, text: `#!/bin/sh\nexec sed -i -e '${edit}' "$1"\n`, mode: 0o755 });
    // A question would wait for ever; this makes it an error.
    write(space, { path: "/etc/ssh/ssh_config", text: "BatchMode yes\n" });
    const publicKey = await makeKey(space, "/root/.ssh/id_ed25519");
    return {
      ...machine,
      publicKey,
      shell: (line, environment) => machine.shell(line, { EDITOR: editor, ...environment }),
      know: (servers) => {
        const lines = servers.map(({ name, sshd }) => `${name} ${sshd.hostKey}\n`);
        write(space, { path: "/root/.ssh/known_hosts", text: lines.join(""), mode: 0o600 });
      },
    };
  } catch (error) {
    await machine.stop();
    throw error;
  }
}

const editor = "/usr/local/bin/edit";
