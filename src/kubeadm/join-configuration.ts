import { findDocument, type KubeadmDocument, valueAt } from "../config/kubeadm-documents.ts";
import { isRecord } from "../config/paths.ts";
import type { ClusterSpec, NodeSpec } from "../config/spec.ts";
import { factMarker } from "../plan/plan.ts";
import { apiVersionOf } from "./api-version.ts";
import type { Change, WantedMap } from "./change.ts";
import { endpointText } from "./endpoint-text.ts";
import { advertiseComment, bindPortComment, localEndpoint } from "./local-endpoint.ts";
import { kubeadmPatches, patchesComments } from "./patches.ts";
import { nodeRegistration, nodeRegistrationComments } from "./node-registration.ts";

/** What `kubeadm join` must know: where the cluster is, what proves it, and the node itself. */
export function joinConfiguration(spec: ClusterSpec, node: NodeSpec): Change {
  const document = findDocument(spec.kubeadmDocuments, "JoinConfiguration");
  const controlPlane = node.role === "control-plane";
  return {
    set: {
      discovery: discovery(spec, document),
      nodeRegistration: nodeRegistration(node, apiVersionOf(spec, "JoinConfiguration"), document),
      controlPlane: controlPlane ? controlPlaneSection(spec, node, document) : undefined,
      patches: kubeadmPatches(spec),
    },
    remove: controlPlane ? [] : ["controlPlane"],
    comments: {
      discovery: "Filled in from the join file on the node; a token is never generated or kept by kubeadm-ha.",
      "controlPlane.localAPIEndpoint.advertiseAddress": advertiseComment,
      "controlPlane.localAPIEndpoint.bindPort": bindPortComment,
      "controlPlane.certificateKey":
        "Decrypts the certificates that `kubeadm init --upload-certs` left in the cluster for two hours.",
      ...nodeRegistrationComments,
      ...patchesComments,
    },
  };
}

/** Whether the user's JoinConfiguration says itself how to trust the cluster: then no fact of a join file is needed. */
export function bringsOwnDiscovery(document: KubeadmDocument | undefined): boolean {
  return [
    ["discovery", "bootstrapToken", "token"],
    ["discovery", "file"],
  ].some((path) => isGiven(valueAt(document, path)));
}

function discovery(spec: ClusterSpec, document: KubeadmDocument | undefined): WantedMap {
  if (isGiven(valueAt(document, ["discovery", "file"]))) return {};
  const own = valueAt(document, ["discovery", "bootstrapToken"]);
  const token = isRecord(own) ? own : {};
  const server = isGiven(token["apiServerEndpoint"]) ? undefined : endpointText(spec);
  if (isGiven(token["token"])) return { bootstrapToken: { apiServerEndpoint: server } };
  const trusting = token["unsafeSkipCAVerification"] === true || isGiven(token["caCertHashes"]);
  return {
    bootstrapToken: {
      token: factMarker("joinToken"),
      apiServerEndpoint: server,
      caCertHashes: trusting ? undefined : [factMarker("caCertHashes")],
    },
  };
}

function controlPlaneSection(spec: ClusterSpec, node: NodeSpec, document: KubeadmDocument | undefined): WantedMap {
  const given = bringsOwnDiscovery(document) || isGiven(valueAt(document, ["controlPlane", "certificateKey"]));
  return {
    localAPIEndpoint: localEndpoint(spec, node, [document, ["controlPlane", "localAPIEndpoint"]]),
    certificateKey: given ? undefined : factMarker("certificateKey"),
  };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}
