import { createSpace, ip, mustRun, type Space } from "./space.ts";

/** One segment: a switch with a cable to every machine. */
export interface Network {
  /** The switch. */
  readonly space: Space;
  /** Plugs a machine in and waits until its addresses can be used. */
  connect(space: Space, port: Port): Promise<void>;
  /** Pulls or plugs the cable: the machine sees its carrier go or come. */
  setLink(space: Space, up: boolean): Promise<void>;
  stop(): Promise<void>;
}

export interface Port {
  readonly interface: string;
  /** With prefix length. */
  readonly addresses: readonly string[];
}

/** A segment without machines. */
export async function createNetwork(): Promise<Network> {
  const hub = await createSpace("switch");
  const ports = new Map<Space, string>();
  // A switch has no addresses; without IPv6 it does not ask for any.
  await mustRun(hub, [
    "sh",
    "-c",
    "echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6; echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6",
  ]);
  await ip(hub, ["link add name bridge type bridge", "link set bridge up"]);
  return {
    space: hub,
    connect: async (space, port) => {
      const name = `port${ports.size}`;
      ports.set(space, name);
      await ip(hub, [
        `link add ${name} type veth peer name ${port.interface} netns ${space.pid}`,
        `link set ${name} master bridge up`,
      ]);
      await plugIn(space, port);
    },
    setLink: (space, up) => ip(hub, [`link set ${ports.get(space) ?? "?"} ${up ? "up" : "down"}`]),
    stop: () => hub.stop(),
  };
}

/** A cable whose other end nobody sees: enough for programs that only want the interface and its addresses. */
export async function connectToNothing(space: Space, port: Port): Promise<void> {
  await ip(space, [`link add ${port.interface} type veth peer name nothing`, "link set nothing up"]);
  await plugIn(space, port);
}

async function plugIn(space: Space, { interface: device, addresses }: Port): Promise<void> {
  // Duplicate address detection would hold IPv6 back for a second or two; there are no duplicates.
  await mustRun(space, ["sh", "-c", `echo 0 > "/proc/sys/net/ipv6/conf/$0/accept_dad"`, device]);
  const add = addresses.map((address) => `addr add ${address} dev ${device}${address.includes(":") ? " nodad" : ""}`);
  await ip(space, [...add, `link set ${device} up`]);
}
