import type { Scene } from "../scene.ts";
import { allAddresses, freeAddress, withLength } from "./addresses.ts";
import { checkConfiguration } from "./check.ts";
import { daemonCommand } from "./daemons.ts";
import { writeFiles } from "./files.ts";
import { furnish } from "./furnish.ts";
import type { ForeignRouter } from "./lab.ts";
import { launch } from "./launch.ts";
import type { Network } from "./network.ts";
import { collect } from "./process.ts";
import { createSpace, run } from "./space.ts";
import { eventually } from "./wait.ts";

export interface ForeignRouterOptions {
  readonly network: Network;
  /** Addresses of the segment that are in use. */
  readonly taken: ReadonlySet<string>;
}

/** Somebody else's machine that uses the cluster's virtual router number for an address of its own. */
export async function startForeignRouter(
  scene: Scene,
  { network, taken }: ForeignRouterOptions,
): Promise<ForeignRouter> {
  const used = new Set([...taken, ...allAddresses(scene)]);
  const beside = scene.nodes[0]?.addresses[0] ?? scene.virtualIPs[0] ?? "";
  const [own, virtualIP] = [freeAddress(beside, used), freeAddress(beside, used)];
  const id = scene.nodes.map(({ election }) => election?.virtualRouterID).find((found) => found !== undefined) ?? 51;
  const program = { kind: "keepalived", config: "/etc/keepalived/keepalived.conf", manifest: undefined } as const;
  const space = await createSpace("foreign-router", furnish);
  const stop = async (): Promise<void> => {
    await space.stop();
    await network.disconnect(space);
  };
  try {
    await network.connect(space, { interface: "eth0", addresses: [withLength(own)] });
    await writeFiles(space, [{ path: program.config, mode: 0o644, text: configuration(id, virtualIP) }]);
    await checkConfiguration(space, program);
    const printed = collect(launch(space, daemonCommand(program)));
    // One that is not there would harm nobody.
    await eventually("the stranger holds its own address", 15, async () => {
      const { stdout } = await run(space, ["ip", "-brief", "address", "show", "dev", "eth0"]);
      return stdout.includes(` ${virtualIP}/`) || undefined;
    }).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${printed.stdout()}${printed.stderr()}`);
    });
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

// As tutorials have it: multicast, the protocol's version 2 where the address allows it, one advert a second.
function configuration(id: number, virtualIP: string): string {
  return `vrrp_instance foreign {
  state MASTER
  interface eth0
  version ${virtualIP.includes(":") ? 3 : 2}
  virtual_router_id ${id}
  priority 254
  advert_int 1
  virtual_ipaddress {
    ${virtualIP}
  }
}
`;
}
