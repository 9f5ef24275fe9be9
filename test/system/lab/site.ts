import type { Result } from "./space.ts";
import { createNetwork } from "./network.ts";
import { type Laptop, startLaptop } from "./laptop.ts";
import { type Server, startServer } from "./server.ts";
import { createParts } from "./parts.ts";

/** An administrator's laptop and the servers in one network. */
export interface Site {
  readonly laptop: Laptop;
  server(name: string): Server;
  /** Runs a line of a transcript, at the laptop or at a server, by its name. */
  type(machine: string, line: string): Promise<Result>;
  stop(): Promise<void>;
}

export interface SitePlan {
  /** Names and addresses, as the DNS has them. */
  readonly servers: Readonly<Record<string, string>>;
  readonly otherNames: Readonly<Record<string, string>>;
  /** A sed script: what the administrator changes in the starter file. */
  readonly edit: string;
  readonly kubeadm: { readonly program: string; readonly minor: number };
  /** How often kubectl may not read leases yet. */
  readonly refusals: number;
}

/** Starts all machines; ssh works between the laptop and each server. */
export async function startSite({ servers: wanted, otherNames, edit, kubeadm, refusals }: SitePlan): Promise<Site> {
  const { keep, stop } = createParts();
  try {
    const network = keep(await createNetwork());
    const names = { ...wanted, ...otherNames };
    const laptop = keep(await startLaptop(network, { name: "laptop", address: "192.168.10.5", names, edit }));
    const servers = new Map<string, Server>();
    for (const [name, address] of Object.entries(wanted)) {
      const options = { name, address, names, kubeadm: kubeadm.program, minor: kubeadm.minor, refusals };
      servers.set(name, keep(await startServer(network, laptop, options)));
    }
    laptop.know([...servers.values()]);
    const server = (name: string): Server => {
      const found = servers.get(name);
      if (found === undefined) throw new Error(`no server ${name}`);
      return found;
    };
    return {
      laptop,
      server,
      type: (machine, line) => (machine === laptop.name ? laptop : server(machine)).shell(line),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
