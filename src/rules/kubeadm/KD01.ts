import { bracketed } from "../../net/address.ts";
import { isEndpointProblem, parseEndpoint } from "../../net/endpoint.ts";
import type { FileRule } from "../rule.ts";
import { documentOf, hitAt, textAt } from "./documents.ts";
import { apiServerPort, entryPorts } from "./surroundings.ts";

export const KD01: FileRule = {
  id: "KD01",
  name: "endpoint-port",
  aliases: ["ENDPOINT-PORT"],
  scope: "kubeadm",
  severity: "error",
  summary: "The port of controlPlaneEndpoint is the load balancer's.",
  reason:
    "clients go where controlPlaneEndpoint says: past the balancer, the virtual IP leads to the API server of its holder alone, and without a port it gets that of the API server (https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/high-availability/)",
  remedy: "write the balancer's port after the host",
  check(documents, context) {
    const document = documentOf(documents, "ClusterConfiguration");
    const text = textAt(document, ["controlPlaneEndpoint"]);
    const endpoint = text === undefined ? undefined : parseEndpoint(text);
    const [balancer, ...others] = entryPorts(context);
    if (document === undefined || balancer === undefined || endpoint === undefined || isEndpointProblem(endpoint))
      return [];
    const port = endpoint.port ?? apiServerPort(context.node);
    if ([balancer, ...others].some((candidate) => candidate.port === port)) return [];
    const path = ["controlPlaneEndpoint"];
    const found = endpoint.port === undefined ? `has no port, which means ${port}` : `has the port ${port}`;
    return [
      hitAt(
        { document, path },
        {
          message: `${found}, but ${balancer.program} listens on ${balancer.port} (${balancer.file}:${balancer.line})`,
          remedy: `write ${bracketed(endpoint.host)}:${balancer.port}`,
        },
      ),
    ];
  },
};
