import { readPath } from "../../config/paths.ts";
import { addedByKubeadm, type CertificateFacts } from "../../kubeadm/certificate-names.ts";
import type { YamlObject } from "../../model/kubernetes.ts";
import { isEndpointProblem, parseEndpoint } from "../../net/endpoint.ts";
import type { FileRule } from "../rule.ts";
import { documentOf, hitAt, textAt } from "./documents.ts";

export const KD10: FileRule = {
  id: "KD10",
  name: "san-redundant",
  scope: "kubeadm",
  severity: "info",
  summary: "certSANs holds only what kubeadm does not add itself.",
  reason:
    "every API server's certificate has the node's name and address, the service's names and the endpoint's host (https://kubernetes.io/docs/setup/best-practices/certificates/)",
  remedy: "nothing need be done; it may be removed",
  check(documents) {
    const document = documentOf(documents, "ClusterConfiguration");
    const path = ["apiServer", "certSANs"];
    const names = readPath(document?.value, path);
    if (document === undefined || !Array.isArray(names)) return [];
    const facts = factsOf(document, documents);
    return names.flatMap((name: unknown, index) => {
      const source = typeof name === "string" ? addedByKubeadm(facts, name) : undefined;
      if (source === undefined) return [];
      const message = `"${String(name)}" is already added by kubeadm: ${source}`;
      return [hitAt({ document, path: [...path, index] }, { message, remedy: KD10.remedy })];
    });
  },
};

// By what the same file says: each node has names of its own.
function factsOf(document: YamlObject, documents: readonly YamlObject[]): CertificateFacts {
  const endpoint = parseEndpoint(textAt(document, ["controlPlaneEndpoint"]) ?? "");
  return {
    endpointHost: isEndpointProblem(endpoint) ? undefined : endpoint.host,
    dnsDomain: readPath(document.value, ["networking", "dnsDomain"]),
    serviceSubnet: textAt(document, ["networking", "serviceSubnet"]),
    nodes: documents.flatMap(nodeIn),
  };
}

function nodeIn(document: YamlObject): CertificateFacts["nodes"] {
  const endpoints = {
    InitConfiguration: ["localAPIEndpoint"],
    JoinConfiguration: ["controlPlane", "localAPIEndpoint"],
  };
  const path = Object.entries(endpoints).find(([kind]) => kind === document.kind)?.[1];
  if (path === undefined) return [];
  const name = textAt(document, ["nodeRegistration", "name"]);
  const address = textAt(document, [...path, "advertiseAddress"]);
  return name === undefined && address === undefined ? [] : [{ name: name ?? address ?? "", address }];
}
