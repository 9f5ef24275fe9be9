import { createSpace, ip, mustRun, run, type Space } from "./space.ts";

/** One segment: a switch with a cable to every machine. */
export interface Network {
  /** The switch. */
  readonly space: Space;
  /** Plugs a machine in and waits until its addresses can be used. */
  connect(space: Space, port: Port): Promise<void>;
  /** Takes the cable away; the machine's interface goes with it. */
  disconnect(space: Space): Promise<void>;
  /** Pulls or plugs the cable: the machine sees its carrier go or come. */
  setLink(space: Space, up: boolean): Promise<void>;
  /** No frame passes the cable, or all do again; the machine's carrier stays. */
  setSilent(space: Space, silent: boolean): Promise<void>;
  /** Drops all frames from one machine to another, or lets them pass again. */
  setPath(from: Space, to: Space, open: boolean): Promise<void>;
  stop(): Promise<void>;
}

export interface Port {
  readonly interface: string;
  /** With prefix length. */
  readonly addresses: readonly string[];
  /** Ethernet address; the kernel makes one up without a value. */
  readonly hardware?: string;
}

/** A segment without machines. */
export async function createNetwork(): Promise<Network> {
  const hub = await createHub();
  const ports = new Map<Space, string>();
  let made = 0;
  const portOf = (space: Space): string => ports.get(space) ?? "no-port";
  const filter = createFilter(hub);
  const setLink = (space: Space, up: boolean): Promise<void> =>
    ip(hub, [`link set ${portOf(space)} ${up ? "up" : "down"}`]);
  return {
    space: hub,
    connect: async (space, port) => {
      const name = `port${made}`;
      made += 1;
      ports.set(space, name);
      const hardware = port.hardware === undefined ? "" : `address ${port.hardware} `;
      await ip(hub, [
        `link add ${name} type veth peer name ${port.interface} ${hardware}netns ${space.pid}`,
        `link set ${name} master bridge up`,
      ]);
      await plugIn(space, port);
    },
    disconnect: async (space) => {
      // A machine that has ended takes its end of the cable along, and with it ours.
      await run(hub, ["ip", "link", "delete", portOf(space)]);
      ports.delete(space);
    },
    setLink,
    setSilent: (space, silent) =>
      filter([`iifname "${portOf(space)}" drop`, `oifname "${portOf(space)}" drop`], silent),
    setPath: (from, to, open) => filter([`iifname "${portOf(from)}" oifname "${portOf(to)}" drop`], !open),
    stop: () => hub.stop(),
  };
}

async function createHub(): Promise<Space> {
  const hub = await createSpace("switch");
  try {
    // A switch has no addresses; without IPv6 it does not ask for any.
    const conf = "/proc/sys/net/ipv6/conf";
    await mustRun(hub, [
      "sh",
      "-c",
      `[ ! -d ${conf} ] || echo 1 | tee ${conf}/all/disable_ipv6 ${conf}/default/disable_ipv6`,
    ]);
    await ip(hub, ["link add name bridge type bridge", "link set bridge up"]);
    return hub;
  } catch (error) {
    await hub.stop();
    throw error;
  }
}

/**
 * The switch's rules; all are written anew with each change, in one transaction. One change is written after the
 * other, and those that are asked for at once become one: a path that opens does so in both directions at once.
 */
function createFilter(hub: Space): (rules: readonly string[], on: boolean) => Promise<void> {
  const active = new Set<string>();
  let written = Promise.resolve();
  const write = async (): Promise<void> => {
    const lines = [
      "add table bridge cables",
      "add chain bridge cables forward { type filter hook forward priority 0; }",
      "flush chain bridge cables forward",
      ...[...active].map((rule) => `add rule bridge cables forward ${rule}`),
    ];
    await mustRun(hub, ["nft", "-f", "-"], { input: lines.join("\n") });
  };
  return (rules, on) => {
    for (const rule of rules)
      if (on) active.add(rule);
      else active.delete(rule);
    const done = written.then(write);
    written = done.catch(() => {});
    return done;
  };
}

/** A cable whose other end nobody sees: enough for programs that only want the interface and its addresses. */
export async function connectToNothing(space: Space, port: Port): Promise<void> {
  await ip(space, [`link add ${port.interface} type veth peer name nothing`, "link set nothing up"]);
  await plugIn(space, port);
}

async function plugIn(space: Space, { interface: device, addresses }: Port): Promise<void> {
  // Duplicate address detection would hold IPv6 back for a second or two; there are no duplicates.
  const setting = `/proc/sys/net/ipv6/conf/${device}/accept_dad`;
  await mustRun(space, ["sh", "-c", '[ ! -e "$0" ] || echo 0 > "$0"', setting]);
  const add = addresses.map((address) => `addr add ${address} dev ${device}${address.includes(":") ? " nodad" : ""}`);
  await ip(space, [...add, `link set ${device} up`]);
}
