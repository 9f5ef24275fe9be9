import { parseAddress } from "../../net/address.ts";
import { createHash } from "node:crypto";

import { redirectScriptPath } from "../../components/redirect/script.ts";
import { UserError } from "../../errors.ts";
import type { NodePicture } from "../../model/picture.ts";
import type { InputFile } from "../../readers/read-tree.ts";
import { priorityOf } from "../../rules/keepalived/timing.ts";
import { nonlocalBindNames, nonlocalBinds } from "../../timing/nonlocal-bind.ts";
import { sysctlsOf } from "../../timing/sysctl.ts";
import type { Scene, SceneNode, SceneProgram } from "../scene.ts";
import { apiServerPort, apiServers } from "./api-servers.ts";
import { refuseUnserved, sceneEndpoint, statedEndpoint } from "./endpoint.ts";
import { leftOutOf } from "./manifest.ts";
import { type Machine, machinesOf } from "./machines.ts";
import { filesOf, pathsOf } from "./node-files.ts";
import { programsOf } from "./programs.ts";
import { type SceneFiles, sceneFiles } from "./scene-input.ts";
import { instanceOf, type VirtualRouter, virtualRouter } from "./virtual-router.ts";

/** What a scene is made of. */
export interface SceneInput {
  /** What is rehearsed, as it was named on the command line. */
  readonly name: string;
  readonly files: readonly InputFile[];
  /** HOST[:PORT]; else the files say it. */
  readonly endpoint?: string | undefined;
}

/** A scene, and what is known of it beside. */
export interface MadeScene {
  readonly scene: Scene;
  /** Whether a node that comes back may take the virtual IP from its holder. */
  readonly preempts: boolean;
  /** Whether every program has a static pod. */
  readonly hasManifests: boolean;
  /** For people: what was concluded rather than read. */
  readonly notes: readonly string[];
  /** The same, where the daemons run as static pods. */
  readonly podNotes: readonly string[];
}

/** Makes a scene of files of any origin; what is missing ends in a UserError. */
export function makeScene({ name, files, endpoint: asked }: SceneInput): MadeScene {
  const found = sceneFiles(files, name);
  const servers = apiServers(found.cluster);
  const apiPort = apiServerPort(found.cluster, servers);
  const router = routerOf(found, { asked, name });
  const where = sceneEndpoint(found.cluster, { router, apiServerPort: apiPort, asked });
  const endpoint = { address: where.address, port: where.port };
  const machines = machinesOf(found, servers);
  const nodes = machines.map((machine) => sceneNode(machine, found, router));
  refuseUnknownAddresses(nodes);
  if (nodes.filter(({ programs }) => programs.some(({ kind }) => kind === "keepalived")).length < 2)
    throw new UserError(`${name} has one machine with keepalived: a virtual IP that cannot move needs no rehearsal`);
  refuseLVS(found, nodes);
  refuseUnserved(where, { nodes, apiServerPort: apiPort });
  const scene = { name, nodes, virtualIPs: router.addresses, endpoint, apiServerPort: apiPort };
  const strangers = machines.filter(({ picture }) => picture === undefined).map((machine) => machine.name);
  return {
    scene: { ...scene, configuration: fingerprint(nodes, endpoint) },
    preempts: router.preempts,
    hasManifests: nodes.every(({ programs }) => programs.every(({ manifest }) => manifest !== undefined)),
    notes: [
      ...(where.note === undefined ? [] : [where.note]),
      ...(strangers.length === 0
        ? []
        : [`no files were given for ${strangers.join(", ")}: only an API server runs there`]),
      ...machines.flatMap((machine) => assumptions(machine, found)),
    ],
    podNotes: machines.flatMap(({ picture, name: node }) =>
      picture === undefined ? [] : leftOutOf(picture, kindsOf(nodes.find((one) => one.name === node))),
    ),
  };
}

function routerOf(
  { cluster }: SceneFiles,
  { asked, name }: { readonly asked: string | undefined; readonly name: string },
): VirtualRouter {
  const host = (asked ?? statedEndpoint(cluster))?.replace(/^\[(.*)\](?::\d+)?$/, "$1").replace(/^([^:]*):\d+$/, "$1");
  const router = virtualRouter(cluster, host === undefined ? undefined : (parseAddress(host)?.text ?? host));
  if (router === undefined) throw new UserError(`keepalived of ${name} has no virtual_ipaddress`);
  return router;
}

function sceneNode(machine: Machine, files: SceneFiles, router: VirtualRouter): SceneNode {
  const { name, picture, addresses, hasApiServer } = machine;
  const paths = picture === undefined ? undefined : pathsOf(picture);
  const pathOf = (file: string): string => paths?.get(file) ?? file;
  const interfaceName = (picture && instanceOf(router, picture)?.interface?.value) ?? "eth0";
  return {
    name,
    addresses,
    interface: interfaceName,
    files: picture === undefined ? [] : filesOf(picture, files),
    programs: picture === undefined ? [] : programsOf(picture, { files, router, pathOf }),
    redirect: picture && redirectOf(picture, pathOf),
    election: electionOf(router, picture),
    sysctls: {
      ...forwarding(machine),
      ...(picture === undefined ? {} : networkSysctls(picture, files, interfaceName)),
    },
    ...(hasApiServer ? {} : { withoutApiServer: true as const }),
  };
}

function redirectOf({ redirects, paths }: NodePicture, pathOf: (file: string) => string): SceneNode["redirect"] {
  if (redirects.length === 0) return undefined;
  if (paths.has(redirectScriptPath)) return { script: redirectScriptPath };
  return { rules: [...new Set(redirects.map(({ position }) => pathOf(position.file)))] };
}

function electionOf(router: VirtualRouter, picture: NodePicture | undefined): SceneNode["election"] {
  const instance = picture && instanceOf(router, picture);
  return instance && { priority: priorityOf(instance), virtualRouterID: instance.virtualRouterID?.value };
}

// kubeadm refuses nodes that do not forward IPv4, and network plugins need it of IPv6 as well: a node that lost the
// virtual IP then passes on what still comes to it. Other machines do so only where their files say it.
function forwarding({ addresses, hasApiServer }: Machine): Readonly<Record<string, string>> {
  const isIPv6 = hasApiServer && addresses.some((address) => address.includes(":"));
  return {
    "net/ipv4/ip_forward": hasApiServer ? "1" : "0",
    ...(isIPv6 ? { "net/ipv6/conf/all/forwarding": "1" } : {}),
  };
}

// Of all that such files set: what decides whether a balancer starts, and where packets go. There is one interface.
function networkSysctls(
  picture: NodePicture,
  { inputs }: SceneFiles,
  interfaceName: string,
): Readonly<Record<string, string>> {
  const known: ReadonlySet<string> = new Set([...Object.values(nonlocalBindNames), "net.ipv4.ip_forward"]);
  return Object.fromEntries(
    [...sysctlsOf(picture, inputs)].flatMap(([name, value]) => {
      const [, place = ""] = /^net\.ipv4\.conf\.(.+)\.forwarding$/.exec(name) ?? [];
      if (["all", "default", interfaceName].includes(place)) return [[`net/ipv4/conf/${place}/forwarding`, value]];
      if (place === "*") return [[`net/ipv4/conf/${interfaceName}/forwarding`, value]];
      return known.has(name) ? [[name.replaceAll(".", "/"), value]] : [];
    }),
  );
}

function assumptions({ name, picture }: Machine, { inputs }: SceneFiles): readonly string[] {
  const binds = picture === undefined ? [] : nonlocalBinds(picture, inputs);
  return binds.map(
    ({ program, address, place, setting }) =>
      `${name}: ${program} listens on the virtual IP ${address} (${place}), and no sysctl.d file sets ${setting}: taken to be 0, the kernel's default, with which it starts only where the virtual IP is`,
  );
}

function kindsOf(node: SceneNode | undefined): readonly SceneProgram["kind"][] {
  return (node?.programs ?? []).map(({ kind }) => kind);
}

function refuseLVS({ cluster }: SceneFiles, nodes: readonly SceneNode[]): void {
  const directs = cluster.nodes.some(({ keepalived }) => keepalived.some((model) => model.virtualServers.length > 0));
  if (directs && nodes.every(({ programs }) => programs.every(({ kind }) => kind === "keepalived")))
    throw new UserError(
      "the load balancer is LVS (virtual_server of keepalived), which is not rehearsed: its connections are the kernel's",
    );
}

function refuseUnknownAddresses(nodes: readonly SceneNode[]): void {
  const unknown = nodes.filter(({ addresses }) => addresses.length === 0).map(({ name }) => name);
  if (unknown.length > 0)
    throw new UserError(
      `no file tells the address of ${unknown.join(", ")}: unicast_src_ip or mcast_src_ip does, kubeadm's advertiseAddress, or a server line of its name`,
    );
}

function fingerprint(nodes: readonly SceneNode[], endpoint: Scene["endpoint"]): string {
  const files = nodes.map(({ name, addresses, files: own }) => [
    name,
    addresses,
    own.map(({ path, mode, text }) => [path, mode, text]),
  ]);
  return createHash("sha256")
    .update(JSON.stringify([files, endpoint]))
    .digest("hex")
    .slice(0, 16);
}
