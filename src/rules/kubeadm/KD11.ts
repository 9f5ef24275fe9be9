import { isRecord, readPath } from "../../config/paths.ts";
import { findArgument } from "../../kubeadm/arguments.ts";
import type { YamlObject } from "../../model/kubernetes.ts";
import type { FileRule, RuleContext } from "../rule.ts";
import { documentOf, hitAt, missingAt } from "./documents.ts";
import { releaseOf } from "./release.ts";
import { apiServerPort, balancerPorts } from "./surroundings.ts";

export const KD11: FileRule = {
  id: "KD11",
  name: "port-clash",
  aliases: ["PORT-CLASH"],
  scope: "kubeadm",
  severity: "error",
  summary: "On one machine the API server and the load balancer listen on different ports.",
  reason:
    "the API server listens on every address, so the second of the two cannot start: [ERROR Port-6443]: Port 6443 is in use (https://github.com/kubernetes/kubeadm/issues/2472)",
  remedy: "give one of them another port: bindPort in every node's document, or the balancer's",
  check(documents, context) {
    const place = portPlace(documents);
    if (place === undefined || isBoundApart(documents, context)) return [];
    const { document, path } = place;
    const port = apiServerPort({ ...context.node, kubeadm: documents });
    const balancer = balancerPorts(context).find((candidate) => candidate.port === port);
    if (balancer === undefined) return [];
    const written = readPath(document.value, path) === port;
    const saying = {
      message: `the API server ${written ? "is to listen" : "listens by default"} on ${port}, and so does ${balancer.program} (${balancer.file}:${balancer.line})`,
      remedy: `write another bindPort in every control-plane node's document, or let ${balancer.program} listen on 8443`,
    };
    return [written ? hitAt({ document, path }, saying) : missingAt(document, path, saying)];
  },
};

function portPlace(
  documents: readonly YamlObject[],
): { readonly document: YamlObject; readonly path: readonly string[] } | undefined {
  const init = documentOf(documents, "InitConfiguration");
  if (init !== undefined) return { document: init, path: ["localAPIEndpoint", "bindPort"] };
  const join = documentOf(documents, "JoinConfiguration");
  return join !== undefined && isRecord(readPath(join.value, ["controlPlane"]))
    ? { document: join, path: ["controlPlane", "localAPIEndpoint", "bindPort"] }
    : undefined;
}

// With an address of its own the API server leaves the balancer room; kubeadm sees that from 1.37 on (kubernetes#138250).
function isBoundApart(documents: readonly YamlObject[], context: RuleContext): boolean {
  const cluster = documentOf(documents, "ClusterConfiguration");
  const bound = findArgument(readPath(cluster?.value, ["apiServer", "extraArgs"]), "bind-address")?.value;
  const everywhere = bound === undefined || ["", "0.0.0.0", "::"].includes(bound);
  return !everywhere && releaseOf(documents, context).minor >= 37;
}
