import { parseAddress, parsePrefix, prefixContains } from "../../net/address.ts";
import type { NodePicture } from "../../model/picture.ts";
import type { KeepalivedModel, VirtualServer } from "../../model/vrrp.ts";
import type { FileRule, Hit } from "../rule.ts";
import { bareAddress } from "./siblings.ts";

export const KA21: FileRule = {
  id: "KA21",
  name: "lvs",
  aliases: ["LVS-NGINX-SAME-PORT", "LVS-NAT-LOCAL"],
  scope: "keepalived",
  severity: "error",
  summary: "No virtual_server takes the load balancer's address and port, or sends to its own subnet by NAT.",
  reason:
    "IPVS takes packets before a program on the same port sees them, and answers of servers in the same subnet bypass it, so that clients reset the connection: http://www.linuxvirtualserver.org/VS-NAT.html",
  remedy: "remove the virtual_server block: haproxy is the load balancer",
  check: (model, { node }) => model.virtualServers.flatMap((server) => problemOf(server, { model, node })),
};

interface Surroundings {
  readonly model: KeepalivedModel;
  readonly node: NodePicture;
}

function problemOf(server: VirtualServer, { model, node }: Surroundings): readonly Hit[] {
  const { address, port, keyword, method } = server;
  const name = `${address.value}:${port?.value ?? 0}`;
  const path = `virtual_server ${address.value} ${port?.value ?? ""}`.trim();
  if (port !== undefined && listens(node, port.value))
    return [{ position: keyword.position, path, message: `IPVS takes ${name}, on which the load balancer listens` }];
  const entries = model.instances.flatMap(({ addresses }) => addresses);
  const written = entries.find((entry) => bareAddress(entry.address.value) === address.value)?.address.value;
  const near = server.realServers.find((real) => isSameSubnet(real.address.value, written ?? address.value));
  // NAT is what IPVS does where nothing is said.
  if (near === undefined || (method !== undefined && method.value !== "NAT")) return [];
  return [
    {
      position: keyword.position,
      path: `${path}.lb_kind`,
      message: `NAT from ${name} to ${near.address.value} in the same subnet loses the answers`,
    },
  ];
}

function listens({ haproxy, nginx }: NodePicture, port: number): boolean {
  return (
    haproxy.some(({ proxies }) => proxies.some(({ binds }) => binds.some((bind) => bind.port === port))) ||
    nginx.some(({ servers }) =>
      servers.some(({ listen }) => listen.some(({ value }) => new RegExp(`(?:^|:)${port}$`).test(value))),
    )
  );
}

// A virtual IP is often written without its network: then the usual one is taken.
function isSameSubnet(text: string, other: string): boolean {
  const address = parseAddress(text);
  const written = /\/(?:32|128)$/.test(other) ? undefined : parsePrefix(other);
  const prefix = written ?? parsePrefix(`${bareAddress(other)}/${other.includes(":") ? 64 : 24}`);
  return address !== undefined && prefix !== undefined && prefixContains(prefix, address);
}
