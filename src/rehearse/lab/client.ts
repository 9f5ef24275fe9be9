import type { LabClient } from "./lab.ts";
import type { Network } from "./network.ts";
import { createSpace, enter, inside, ip, type Space, write } from "./space.ts";
import { single } from "./addresses.ts";

export interface ManagedClient extends LabClient {
  readonly space: Space;
  /** Makes the file of the CA. */
  trust(ca: string): void;
}

export interface ClientOptions {
  readonly network: Network;
  /** With prefix length. */
  readonly addresses: readonly string[];
  /** Addresses on the segment that are in no network of the client's own. */
  readonly neighbours: readonly string[];
}

/** The client's machine, plugged in. */
export async function startClient({ network, addresses, neighbours }: ClientOptions): Promise<ManagedClient> {
  const space = await createSpace("client");
  try {
    await network.connect(space, { interface: "eth0", addresses });
    await ip(
      space,
      neighbours.map((address) => `route replace ${single(address)} dev eth0`),
    );
  } catch (error) {
    await space.stop();
    throw error;
  }
  return {
    space,
    // The helper is no part of the machine, so it sees this machine's files.
    start: (argv) => enter(space, ["--net", "--uts", "--pid"], argv),
    caFile: inside(space, caPath),
    trust: (ca) => write(space, { path: caPath, text: ca }),
  };
}

const caPath = "/run/ca.crt";
