import { findDocument, type KubeadmDocument, valueAt } from "../config/kubeadm-documents.ts";
import { parseKubernetesVersion } from "../config/kubernetes-version.ts";
import type { ClusterSpec } from "../config/spec.ts";
import { isEndpointProblem, parseEndpoint } from "../net/endpoint.ts";
import { apiVersionOf } from "./api-version.ts";
import { argumentForm, findArgument, wantArgument } from "./arguments.ts";
import { missingCertSANs } from "./certificate-names.ts";
import type { Change, WantedMap } from "./change.ts";
import { endpointText } from "./endpoint-text.ts";
import { noProxyEnvs } from "./no-proxy.ts";
import { advertisedFamily, serviceNetwork } from "./service-network.ts";

/** What the whole cluster must know: release, endpoint, the API server's certificate and its way to stop. */
export function clusterConfiguration(spec: ClusterSpec): Change {
  const document = findDocument(spec.kubeadmDocuments, "ClusterConfiguration");
  return {
    set: {
      kubernetesVersion: version(spec, document),
      controlPlaneEndpoint: endpoint(spec, document),
      apiServer: {
        certSANs: missingCertSANs(spec),
        extraArgs: shutdownDelay(spec, document),
        extraEnvs: noProxyEnvs(spec, "apiServer"),
      },
      networking: { serviceSubnet: ownServiceNetwork(spec) },
      controllerManager: { extraEnvs: noProxyEnvs(spec, "controllerManager") },
      scheduler: { extraEnvs: noProxyEnvs(spec, "scheduler") },
    },
    remove: [],
    comments: {
      kubernetesVersion: "A fixed release: labels such as stable-1 are looked up on the network and change.",
      controlPlaneEndpoint:
        "Where every node and client reaches the API; it stands in all kubeconfigs and cannot be changed later.",
      "networking.serviceSubnet":
        "kubeadm's default is an IPv4 network, with which an API server that advertises IPv6 does not start.",
      "apiServer.certSANs":
        "Names and addresses that clients use and that kubeadm does not put into the certificate by itself.",
      "apiServer.extraArgs":
        "After SIGTERM /readyz fails at once while requests are served for this long: longer than it takes\nto see that, shorter than the 30 s after which the kubelet kills the pod.",
      ...noProxyComments,
    },
  };
}

/** How long the API server serves on after it was told to stop. */
export const shutdownDelayText = "10s";

const noProxyComment = "The nodes, the virtual IP and the cluster's own networks are reached without the proxy.";
const noProxyComments = Object.fromEntries(
  ["apiServer", "controllerManager", "scheduler"].map((part) => [`${part}.extraEnvs`, noProxyComment]),
);

// kubeadm's own default fits IPv4; what the user says stands.
function ownServiceNetwork(spec: ClusterSpec): string | undefined {
  const { text, given } = serviceNetwork(spec);
  return given || advertisedFamily(spec) === 4 ? undefined : text;
}

function version(spec: ClusterSpec, document: KubeadmDocument | undefined): string | undefined {
  const standing = parseKubernetesVersion(String(valueAt(document, ["kubernetesVersion"])));
  return standing?.text === spec.kubernetesVersion.text ? undefined : spec.kubernetesVersion.text;
}

function endpoint(spec: ClusterSpec, document: KubeadmDocument | undefined): string | undefined {
  const standing = parseEndpoint(String(valueAt(document, ["controlPlaneEndpoint"])));
  const same =
    !isEndpointProblem(standing) && standing.host === spec.endpoint.host && standing.port === spec.endpoint.port;
  return same ? undefined : endpointText(spec);
}

function shutdownDelay(
  spec: ClusterSpec,
  document: KubeadmDocument | undefined,
): WantedMap | readonly WantedMap[] | undefined {
  const existing = valueAt(document, ["apiServer", "extraArgs"]);
  if (findArgument(existing, "shutdown-delay-duration") !== undefined) return undefined;
  return wantArgument(existing, argumentForm(apiVersionOf(spec, "ClusterConfiguration")), [
    "shutdown-delay-duration",
    shutdownDelayText,
  ]);
}
