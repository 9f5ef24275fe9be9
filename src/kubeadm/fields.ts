import type { ApiVersion } from "../config/kubernetes-behaviour.ts";

/** Fields by name, each with the fields below it, or null where none are checked; a list has the one field `[]`. */
export interface Fields {
  readonly [name: string]: Fields | null;
}

/** The kinds of a version of kubeadm's configuration with their fields. */
export function kindsOf(version: ApiVersion): Fields {
  return kinds[version];
}

/** Whether there is a field at a path. */
export function hasField(fields: Fields, path: readonly (string | number)[]): boolean {
  const [first, ...rest] = path.map((step) => (typeof step === "number" ? itemField : step));
  if (first === undefined) return true;
  const below = Object.hasOwn(fields, first) ? fields[first] : undefined;
  return below === null ? rest.length === 0 : below !== undefined && hasField(below, rest);
}

/** The paths at which a field of this name stands. */
export function pathsOf(fields: Fields, name: string): readonly (readonly string[])[] {
  return Object.entries(fields).flatMap(([field, below]) => {
    const deeper = below === null ? [] : pathsOf(below, name).map((path) => [field, ...path]);
    return field === name ? [[field], ...deeper] : deeper;
  });
}

/** The field of a list for its items. */
export const itemField = "[]";

function inVersion(fields: Fields, version: ApiVersion): Fields {
  const others = version === "v1beta3" ? "+" : "-";
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => !name.endsWith(others))
      .map(([name, below]) => [name.replace(/[+-]$/, ""), below === null ? null : inVersion(below, version)]),
  );
}

function named(names: string): Fields {
  return Object.fromEntries(names.split(" ").map((name) => [name, null]));
}

function listOf(names: string): Fields {
  return { [itemField]: named(names) };
}

function argumentsAs(name: string): Fields {
  return { [`${name}-`]: null, [`${name}+`]: listOf("name value") };
}

const image = named("imageRepository imageTag");
const component = {
  ...argumentsAs("extraArgs"),
  extraVolumes: listOf("name hostPath mountPath readOnly pathType"),
  "extraEnvs+": listOf("name value valueFrom"),
};
const localAPIEndpoint = named("advertiseAddress bindPort");
const ofEveryNode = {
  ...named("apiVersion kind dryRun+ skipPhases"),
  nodeRegistration: {
    ...named("name criSocket ignorePreflightErrors imagePullPolicy imagePullSerial+"),
    ...argumentsAs("kubeletExtraArgs"),
    taints: listOf("key value effect timeAdded"),
  },
  patches: named("directory"),
  "timeouts+": named(
    "controlPlaneComponentHealthCheck kubeletHealthCheck kubernetesAPICall etcdAPICall tlsBootstrap discovery upgradeManifests",
  ),
};

// "+" came with v1beta4, "-" went with it. Compared with types.go of v1beta3 in v1.30.4 to v1.36.3 and of v1beta4 in
// v1.31.0 to v1.37.0; etcd.external.httpEndpoints came within v1beta4 and has a check of its own.
// https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/apis/kubeadm/v1beta4/types.go
const table: Fields = {
  InitConfiguration: {
    ...ofEveryNode,
    certificateKey: null,
    bootstrapTokens: listOf("token description ttl expires usages groups"),
    localAPIEndpoint,
  },
  ClusterConfiguration: {
    ...named("apiVersion kind kubernetesVersion controlPlaneEndpoint certificatesDir imageRepository clusterName"),
    ...named("featureGates encryptionAlgorithm+ certificateValidityPeriod+ caCertificateValidityPeriod+"),
    apiServer: { ...component, ...named("certSANs timeoutForControlPlane-") },
    controllerManager: component,
    scheduler: component,
    dns: { ...image, "disabled+": null },
    "proxy+": named("disabled"),
    networking: named("serviceSubnet podSubnet dnsDomain"),
    etcd: {
      local: {
        ...image,
        ...argumentsAs("extraArgs"),
        "extraEnvs+": listOf("name value valueFrom"),
        ...named("dataDir serverCertSANs peerCertSANs"),
      },
      external: named("endpoints httpEndpoints+ caFile certFile keyFile"),
    },
  },
  JoinConfiguration: {
    ...ofEveryNode,
    caCertPath: null,
    discovery: {
      ...named("tlsBootstrapToken timeout-"),
      bootstrapToken: named("token apiServerEndpoint caCertHashes unsafeSkipCAVerification"),
      file: named("kubeConfigPath"),
    },
    controlPlane: { certificateKey: null, localAPIEndpoint },
  },
  "ResetConfiguration+": null,
  "UpgradeConfiguration+": null,
};

const kinds: Readonly<Record<ApiVersion, Fields>> = {
  v1beta3: inVersion(table, "v1beta3"),
  v1beta4: inVersion(table, "v1beta4"),
};
