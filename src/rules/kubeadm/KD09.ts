import { readPath } from "../../config/paths.ts";
import { canonical } from "../../kubeadm/certificate-names.ts";
import { parseAddress } from "../../net/address.ts";
import { isEndpointProblem, parseEndpoint } from "../../net/endpoint.ts";
import type { FileRule } from "../rule.ts";
import { documentOf, missingAt, textAt } from "./documents.ts";
import { virtualAddresses } from "./surroundings.ts";

export const KD09: FileRule = {
  id: "KD09",
  name: "san-missing",
  scope: "kubeadm",
  severity: "error",
  summary: "With a name as endpoint, the virtual IP stands in apiServer.certSANs.",
  reason:
    "kubeadm puts the host of controlPlaneEndpoint into the certificates and nothing else of ours: who comes by the address gets x509: certificate is valid for …, not the virtual IP (https://github.com/kubernetes/kubeadm/issues/1447)",
  remedy: "add the virtual IP to apiServer.certSANs before kubeadm init",
  check(documents, { node }) {
    const document = documentOf(documents, "ClusterConfiguration");
    const text = textAt(document, ["controlPlaneEndpoint"]);
    const endpoint = text === undefined ? undefined : parseEndpoint(text);
    if (document === undefined || endpoint === undefined || isEndpointProblem(endpoint)) return [];
    if (node.isMaterial === true) return [];
    const path = ["apiServer", "certSANs"];
    const names = readPath(document.value, path);
    const known = new Set([endpoint.host, ...(Array.isArray(names) ? names.map(String) : [])].map(canonical));
    const missing = virtualAddresses(node).filter((address) => !known.has(address.text));
    // A second family's address is forgotten with an address as endpoint too; others may serve something else.
    const relevant = parseAddress(endpoint.host) === undefined || known.size > 1;
    if (!relevant || missing.length === 0) return [];
    const list = missing.map((address) => address.text).join(", ");
    return [
      missingAt(document, path, {
        message: `lacks the virtual IP ${list}, and controlPlaneEndpoint is ${text}`,
        remedy: `add ${list}`,
      }),
    ];
  },
};
