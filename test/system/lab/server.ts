import { fileURLToPath } from "node:url";

import { calls, kubeadmStub, kubectlStub } from "./kubeadm-stub.ts";
import type { Laptop } from "./laptop.ts";
import { type Machine, type MachineOptions, programs, startMachine } from "./machine.ts";
import type { Network } from "./network.ts";
import { collect } from "./process.ts";
import { type SshServer, startSshd } from "./sshd.ts";
import { ip, mustRun, read, start, write } from "./space.ts";
import { eventually } from "./wait.ts";

/** A server to become a node: sshd, kubeadm and kubectl, and nothing of ours. */
export interface Server extends Machine {
  readonly sshd: SshServer;
  /** The command lines that a program got. */
  calls(program: keyof typeof calls): readonly string[];
  /** Gives it the virtual IP and an API server that answers there, as a node of a cluster. */
  serveApi(virtualIP: string, port: number): Promise<void>;
}

export interface ServerOptions extends Omit<MachineOptions, "programs"> {
  /** The real program, of the version below. */
  readonly kubeadm: string;
  /** Of Kubernetes 1. */
  readonly minor: number;
  /** How often kubectl may not read leases yet. */
  readonly refusals: number;
}

/** A server that lets the laptop's user in. */
export async function startServer(network: Network, laptop: Laptop, options: ServerOptions): Promise<Server> {
  const { kubeadm, minor, refusals, ...rest } = options;
  const machine = await startMachine(network, {
    ...rest,
    programs: { node: process.execPath, "api.mjs": apiServer, kubeadm },
  });
  const { space } = machine;
  try {
    write(space, { path: "/usr/bin/kubeadm", text: kubeadmStub(minor), mode: 0o755 });
    write(space, { path: "/usr/bin/kubectl", text: kubectlStub(refusals), mode: 0o755 });
    const sshd = await startSshd(machine, laptop.publicKey);
    return {
      ...machine,
      sshd,
      calls: (program) => (read(space, calls[program]) ?? "").split("\n").slice(0, -1),
      serveApi: (virtualIP, port) => serveApi(machine, virtualIP, port),
    };
  } catch (error) {
    await machine.stop();
    throw error;
  }
}

const apiServer = fileURLToPath(new URL("api-server.mjs", import.meta.url));

async function serveApi({ name, space }: Machine, virtualIP: string, port: number): Promise<void> {
  await ip(space, [`addr add ${virtualIP}/32 dev eth0`]);
  const [certificate, key] = ["/run/lab/api.crt", "/run/lab/api.key"];
  const request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const subject = ["-subj", "/CN=kube-apiserver", "-out", certificate, "-keyout", key];
  await mustRun(space, ["mkdir", "-p", "/run/lab"]);
  await mustRun(space, ["openssl", ...request, ...subject]);
  const child = start(space, [`${programs}/node`, `${programs}/api.mjs`, name, String(port), certificate, key]);
  const { stdout, stderr } = collect(child);
  await eventually(`the API server of ${name} listens`, 10, () => {
    if (child.exitCode !== null) throw new Error(`the API server of ${name} ended at once: ${stdout()}${stderr()}`);
    return stdout().includes("ready") || undefined;
  });
}
