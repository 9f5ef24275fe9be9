import type { YamlObject } from "../../model/kubernetes.ts";
import type { ClusterPicture, NodePicture } from "../../model/picture.ts";
import { parseAddress } from "../../net/address.ts";
import { isEndpointProblem, parseEndpoint } from "../../net/endpoint.ts";
import { hitAt, textAt } from "../kubeadm/documents.ts";
import { balancerPorts, clusterAddresses } from "../kubeadm/surroundings.ts";
import type { FileRule, Hit, RuleContext } from "../rule.ts";

export const CL08: FileRule = {
  id: "CL08",
  name: "endpoint-not-served",
  scope: "cluster",
  severity: "error",
  summary: "The endpoint in kubeadm's documents is a virtual IP, and a port, that the machines serve.",
  reason:
    "kubeadm writes it into every kubeconfig, and nobody answers there: the endpoint cannot be changed later: https://github.com/kubernetes/kubeadm/issues/1955",
  remedy: "write the virtual IP and the balancer's port as they stand in the other files",
  check: (cluster, context) =>
    cluster.nodes.flatMap((node) =>
      node.kubeadm.flatMap((document) => [
        ...addressHits(document, cluster),
        ...portHits({ document, node, cluster }, context),
      ]),
    ),
};

const endpointPath = ["controlPlaneEndpoint"];
const joinPath = ["discovery", "bootstrapToken", "apiServerEndpoint"];

function addressHits(document: YamlObject, cluster: ClusterPicture): readonly Hit[] {
  const virtual = clusterAddresses(cluster).map(({ text }) => text);
  return [endpointPath, joinPath].flatMap((path) => {
    const text = textAt(document, path);
    const host = text === undefined ? undefined : hostOf(text);
    const address = host === undefined ? undefined : parseAddress(host);
    if (address === undefined || virtual.length === 0 || virtual.includes(address.text)) return [];
    const message = `${address.text} is no virtual IP of these machines, which have ${virtual.join(", ")}`;
    return [
      hitAt(
        { document, path },
        {
          message,
          remedy: CL08.remedy,
          // Through one server a node can join as long as that one runs.
          ...(path === joinPath && { severity: "warning" as const }),
        },
      ),
    ];
  });
}

interface Place {
  readonly document: YamlObject;
  readonly node: NodePicture;
  readonly cluster: ClusterPicture;
}

// A balancer on the same machine is for KD01.
function portHits({ document, node, cluster }: Place, context: RuleContext): readonly Hit[] {
  const text = textAt(document, endpointPath);
  const endpoint = text === undefined ? undefined : parseEndpoint(text);
  if (endpoint === undefined || isEndpointProblem(endpoint)) return [];
  const others = cluster.nodes.filter((other) => other !== node);
  const own = balancerPorts({ ...context, node });
  const [balancer, ...further] = others.flatMap((other) => balancerPorts({ ...context, node: other }));
  if (balancer === undefined || own.length > 0) return [];
  const port = endpoint.port ?? 6443;
  if ([balancer, ...further].some((candidate) => candidate.port === port)) return [];
  const message = `leads to port ${port}, but ${balancer.program} listens on ${balancer.port} (${balancer.file}:${balancer.line})`;
  return [hitAt({ document, path: endpointPath }, { message, remedy: CL08.remedy })];
}

function hostOf(text: string): string | undefined {
  const endpoint = parseEndpoint(text);
  return isEndpointProblem(endpoint) ? undefined : endpoint.host;
}
