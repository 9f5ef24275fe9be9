import type { ContractVersion } from "./versions.ts";

/** What becomes of a field of kubeadm's in Cluster API's types. */
export type Field =
  /** The same there. */
  | "same"
  /** Arguments of a program: a map in v1beta1, a list in v1beta2. */
  | "arguments"
  /** The Cluster object says it. */
  | "of-cluster"
  | { readonly renamed: string; readonly unit: "seconds" | "days" }
  | { readonly within: Fields };
export type Fields = Readonly<Record<string, Field>>;

/**
 * The fields of kubeadm's documents that Cluster API has too:
 * https://github.com/kubernetes-sigs/cluster-api/blob/main/api/bootstrap/kubeadm/v1beta2/kubeadm_types.go
 */
export function knownFields(version: ContractVersion): Readonly<Record<KubeadmKind, Fields>> {
  const ofCluster = version === "v1beta1" ? "same" : "of-cluster";
  const timeouts: Fields =
    version === "v1beta1"
      ? {}
      : { timeouts: { within: Object.fromEntries(timeoutNames.map((name) => [name, seconds(name)])) } };
  return {
    ClusterConfiguration: {
      kubernetesVersion: "of-cluster",
      controlPlaneEndpoint: "of-cluster",
      clusterName: ofCluster,
      networking: ofCluster,
      etcd: { within: etcd },
      apiServer: {
        within: { ...component, certSANs: "same", ...(version === "v1beta1" && { timeoutForControlPlane: "same" }) },
      },
      controllerManager: { within: component },
      scheduler: { within: component },
      dns: { within: { imageRepository: "same", imageTag: "same" } },
      certificatesDir: "same",
      imageRepository: "same",
      featureGates: "same",
      encryptionAlgorithm: "same",
      certificateValidityPeriod: { renamed: "certificateValidityPeriodDays", unit: "days" },
      caCertificateValidityPeriod: { renamed: "caCertificateValidityPeriodDays", unit: "days" },
    },
    InitConfiguration: { ...ofNode, localAPIEndpoint: "same", ...timeouts },
    JoinConfiguration: {
      ...ofNode,
      caCertPath: "same",
      controlPlane: { within: { localAPIEndpoint: "same" } },
      ...timeouts,
    },
  };
}

export type KubeadmKind = "ClusterConfiguration" | "InitConfiguration" | "JoinConfiguration";

const component: Fields = { extraArgs: "arguments", extraVolumes: "same", extraEnvs: "same" };

const etcd: Fields = {
  local: {
    within: {
      imageRepository: "same",
      imageTag: "same",
      dataDir: "same",
      extraArgs: "arguments",
      extraEnvs: "same",
      serverCertSANs: "same",
      peerCertSANs: "same",
    },
  },
  external: { within: { endpoints: "same", caFile: "same", certFile: "same", keyFile: "same" } },
};

const ofNode: Fields = {
  nodeRegistration: {
    within: {
      name: "same",
      criSocket: "same",
      taints: "same",
      kubeletExtraArgs: "arguments",
      ignorePreflightErrors: "same",
      imagePullPolicy: "same",
      imagePullSerial: "same",
    },
  },
  skipPhases: "same",
  patches: "same",
};

const timeoutNames = [
  "controlPlaneComponentHealthCheck",
  "kubeletHealthCheck",
  "kubernetesAPICall",
  "etcdAPICall",
  "tlsBootstrap",
  "discovery",
];

function seconds(name: string): Field {
  return { renamed: `${name}Seconds`, unit: "seconds" };
}
