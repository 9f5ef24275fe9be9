import { readPath } from "../../config/paths.ts";
import { UserError } from "../../errors.ts";
import type { ClusterPicture } from "../../model/picture.ts";
import { parseAddress } from "../../net/address.ts";
import { isEndpointProblem, parseEndpoint } from "../../net/endpoint.ts";
import { entryPorts } from "../../rules/kubeadm/surroundings.ts";
import type { Scene } from "../scene.ts";
import { contextOf } from "./api-servers.ts";
import { runsKeepalived } from "./scene-input.ts";
import type { VirtualRouter } from "./virtual-router.ts";

/** Where clients connect, and whether that leads to a balancer. */
export interface SceneEndpoint {
  readonly address: string;
  readonly port: number;
  /** Where balancers of nodes that may have the virtual IP lead to API servers. */
  readonly balancerPorts: readonly number[];
  /** For people: why it is not where one would look for it. */
  readonly note: string | undefined;
}

interface EndpointInput {
  readonly router: VirtualRouter;
  readonly apiServerPort: number;
  /** HOST[:PORT] as the user says; it wins over the files. */
  readonly asked: string | undefined;
}

/** controlPlaneEndpoint of kubeadm's documents, else the virtual IP and the balancer's port. */
export function sceneEndpoint(cluster: ClusterPicture, input: EndpointInput): SceneEndpoint {
  const { router, apiServerPort, asked } = input;
  const ports = [
    ...new Set(
      cluster.nodes
        .filter(runsKeepalived)
        .flatMap((node) => entryPorts(contextOf(node, cluster)))
        .map(({ port }) => port),
    ),
  ];
  const stated = asked ?? statedEndpoint(cluster);
  const [virtualIP = ""] = router.addresses;
  if (stated === undefined) {
    const [port] = ports;
    if (port === undefined)
      throw new UserError(
        "there is no haproxy or nginx configuration that leads to API servers; if clients connect to them directly, say so with --control-plane-endpoint",
      );
    return { address: virtualIP, port, balancerPorts: ports, note: undefined };
  }
  const endpoint = parseEndpoint(stated);
  if (isEndpointProblem(endpoint)) throw new UserError(`the endpoint ${stated} ${endpoint.problem}: ${endpoint.hint}`);
  const { host, port = 6443 } = endpoint;
  // A name leads to the virtual IP; the client has nothing to ask for it.
  const address = parseAddress(host)?.text ?? virtualIP;
  if (!router.addresses.includes(address))
    throw new UserError(
      `clients connect to ${host}, which is none of keepalived's virtual IPs (${router.addresses.join(", ")}); --control-plane-endpoint names another endpoint`,
    );
  const past = port === apiServerPort && ports.length > 0 && !ports.includes(port);
  const note = past
    ? `clients connect to port ${port} as controlPlaneEndpoint says: that is the API server, past the balancer on ${ports.join(", ")}`
    : undefined;
  return { address, port, balancerPorts: ports, note };
}

/** Ends in a UserError where nobody that may have the virtual IP listens on the endpoint's port. */
export function refuseUnserved({ port, balancerPorts }: SceneEndpoint, { nodes, apiServerPort }: ServingScene): void {
  const electing = nodes.filter(({ election }) => election !== undefined);
  const direct = electing.some(({ withoutApiServer }) => withoutApiServer !== true);
  if (balancerPorts.includes(port) || (direct && port === apiServerPort)) return;
  const served = [
    ...(balancerPorts.length > 0 ? [`the balancer on ${balancerPorts.join(", ")}`] : []),
    ...(direct ? [`the API server on ${apiServerPort}`] : []),
  ];
  throw new UserError(
    `clients connect to port ${port}, and nothing listens there on the nodes that may have the virtual IP (${served.join(", ")}): mend controlPlaneEndpoint, or name another one with --control-plane-endpoint`,
  );
}

type ServingScene = Pick<Scene, "nodes" | "apiServerPort">;

/** What kubeadm's documents say, if there are any. */
export function statedEndpoint(cluster: ClusterPicture): string | undefined {
  const texts = cluster.nodes
    .flatMap(({ kubeadm }) => kubeadm)
    .filter(({ kind }) => kind === "ClusterConfiguration")
    .map(({ value }) => readPath(value, ["controlPlaneEndpoint"]));
  return texts.find((text) => typeof text === "string" && text !== "") as string | undefined;
}
