import { collect } from "./process.ts";
import { mustRun, run, type Space, start, write } from "./space.ts";
import { eventually } from "./wait.ts";

/** A router of the data centre: FRR's zebra and bgpd on a machine, whose kernel gets the routes. */
export interface Router {
  /** The neighbours whose session is established. */
  established(): Promise<readonly string[]>;
  log(): string;
}

export interface RouterOptions {
  readonly address: string;
  readonly as: number;
  readonly neighbours: readonly Neighbour[];
}

export interface Neighbour {
  readonly address: string;
  readonly as: number;
  /** Of the session, by TCP MD5. */
  readonly password?: string;
}

const sockets = "/run/frr";

/** Starts it; it waits for its neighbours, as kube-vip does not listen. */
export async function startRouter(space: Space, options: RouterOptions): Promise<Router> {
  const common = ["-A", "127.0.0.1", "--vty_socket", sockets, "--log", "stdout"];
  const daemon = (name: string, words: readonly string[]) => {
    const file = `/run/${name}.conf`;
    write(space, { path: file, text: configuration(name, options) });
    const argv = [
      `/usr/lib/frr/${name}`,
      ...common,
      "-f",
      file,
      "-i",
      `${sockets}/${name}.pid`,
      "-z",
      `${sockets}/zserv.api`,
    ];
    return { child: start(space, [...argv, ...words]), name };
  };
  // Crash logs go to a fixed place below /var/tmp, and the daemons become the package's user.
  await mustRun(space, ["mount", "-t", "tmpfs", "-o", "mode=1777", "own", "/var/tmp"]);
  await mustRun(space, ["install", "-d", "-o", "frr", "-g", "frr", sockets]);
  const zebra = daemon("zebra", []);
  const zebraLog = collect(zebra.child);
  await eventually(
    "zebra listens",
    10,
    async () => (await run(space, ["test", "-S", `${sockets}/zserv.api`])).status === 0 || undefined,
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${zebraLog.stdout()}${zebraLog.stderr()}`);
  });
  const bgpd = daemon("bgpd", ["-p", "179"]);
  const bgpdLog = collect(bgpd.child);
  const log = (): string => [zebraLog, bgpdLog].map(({ stdout, stderr }) => stdout() + stderr()).join("\n");
  return {
    established: () => establishedNeighbours(space),
    log,
  };
}

async function establishedNeighbours(space: Space): Promise<readonly string[]> {
  const { stdout } = await run(space, ["vtysh", "--vty_socket", sockets, "-c", "show bgp neighbors json"]);
  if (stdout === "") return [];
  const neighbours = JSON.parse(stdout) as Readonly<Record<string, { readonly bgpState: string }>>;
  return Object.entries(neighbours).flatMap(([address, { bgpState }]) => (bgpState === "Established" ? [address] : []));
}

function configuration(daemon: string, { address, as, neighbours }: RouterOptions): string {
  if (daemon === "zebra") return "hostname router\n";
  return `hostname router
router bgp ${as}
 bgp router-id ${address}
 no bgp ebgp-requires-policy
 no bgp default ipv4-unicast
${neighbours.map(neighbourLines).join("")}${family(4, neighbours)}${family(6, neighbours)}`;
}

function neighbourLines({ address, as, password }: Neighbour): string {
  const secret = password === undefined ? "" : ` neighbor ${address} password ${password}\n`;
  return ` neighbor ${address} remote-as ${as}\n neighbor ${address} passive\n${secret}`;
}

/** A session carries the routes of its own addresses' family, as kube-vip offers no other. */
function family(version: 4 | 6, neighbours: readonly Neighbour[]): string {
  const own = neighbours.filter(({ address }) => address.includes(":") === (version === 6));
  const active = own.map(({ address }) => `  neighbor ${address} activate\n`);
  return ` address-family ipv${version} unicast\n  maximum-paths 8\n${active.join("")} exit-address-family\n`;
}
