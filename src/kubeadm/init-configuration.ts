import { findDocument } from "../config/kubeadm-documents.ts";
import type { ClusterSpec, NodeSpec } from "../config/spec.ts";
import { apiVersionOf } from "./api-version.ts";
import type { Change } from "./change.ts";
import { advertiseComment, bindPortComment, localEndpoint } from "./local-endpoint.ts";
import { kubeadmPatches, patchesComments } from "./patches.ts";
import { nodeRegistration, nodeRegistrationComments } from "./node-registration.ts";

/** What `kubeadm init` must know about the node that founds the cluster. */
export function initConfiguration(spec: ClusterSpec, node: NodeSpec): Change {
  const document = findDocument(spec.kubeadmDocuments, "InitConfiguration");
  const { bindPort, ...address } = localEndpoint(spec, node, [document, ["localAPIEndpoint"]]);
  // What nodes keep of the user's document has a flag's port already: the address comes after it there.
  const keptPort = document !== undefined && spec.fromFlags.includes("apiServerPort");
  return {
    set: {
      localAPIEndpoint: keptPort ? { bindPort, ...address } : { ...address, bindPort },
      nodeRegistration: nodeRegistration(node, apiVersionOf(spec, "InitConfiguration"), document),
      patches: kubeadmPatches(spec),
    },
    remove: [],
    comments: {
      "localAPIEndpoint.advertiseAddress": advertiseComment,
      "localAPIEndpoint.bindPort": bindPortComment,
      ...nodeRegistrationComments,
      ...patchesComments,
    },
  };
}
