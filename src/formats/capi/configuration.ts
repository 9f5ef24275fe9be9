import { findDocument, type KubeadmDocument } from "../../config/kubeadm-documents.ts";
import { isRecord, type PathStep, pathText } from "../../config/paths.ts";
import type { ClusterSpec } from "../../config/spec.ts";
import type { Finding } from "../../findings/finding.ts";
import { isBindPortDocument } from "../../kubeadm/bind-port-document.ts";
import { pruned } from "../../kubeadm/change.ts";
import { clusterConfiguration } from "../../kubeadm/cluster-configuration.ts";
import { mergeDocument } from "../../kubeadm/merge.ts";
import { readYaml } from "../../yaml/read.ts";
import { converted, type Conversion } from "./convert.ts";
import { type KubeadmKind, knownFields } from "./fields.ts";
import type { ContractVersion } from "./versions.ts";

/** kubeadm's configuration as Cluster API takes it. */
export interface KubeadmParts {
  readonly clusterConfiguration: Readonly<Record<string, unknown>>;
  readonly initConfiguration: Readonly<Record<string, unknown>>;
  readonly joinConfiguration: Readonly<Record<string, unknown>>;
  /** What Cluster API has no place for. */
  readonly findings: readonly Finding[];
  /** Keys that the Cluster object says instead. */
  readonly ofCluster: readonly string[];
}

/** The user's documents with our values in them, in the types of a contract. */
export function kubeadmParts(spec: ClusterSpec, version: ContractVersion): KubeadmParts {
  const fields = knownFields(version);
  const cluster = merged(spec);
  const convert = (kind: KubeadmKind, value: unknown): Conversion =>
    converted(value, { fields: fields[kind], version, path: [] });
  const own = (kind: KubeadmKind): unknown => {
    const document = findDocument(spec.kubeadmDocuments, kind);
    return document === undefined || isBindPortDocument(document) ? {} : document.source.value;
  };
  const conversions = {
    ClusterConfiguration: convert("ClusterConfiguration", cluster),
    InitConfiguration: convert("InitConfiguration", own("InitConfiguration")),
    JoinConfiguration: convert("JoinConfiguration", own("JoinConfiguration")),
  };
  const { ClusterConfiguration, InitConfiguration, JoinConfiguration } = conversions;
  const port = spec.apiServerPort === 6443 ? {} : { localAPIEndpoint: { bindPort: spec.apiServerPort } };
  const init = withEndpoint(InitConfiguration.value, port);
  const join = JoinConfiguration.value;
  const controlPlane = withEndpoint(isRecord(join["controlPlane"]) ? join["controlPlane"] : {}, port);
  return {
    clusterConfiguration: ClusterConfiguration.value,
    initConfiguration: init,
    joinConfiguration: { ...join, ...(Object.keys(controlPlane).length > 0 && { controlPlane }) },
    findings: [
      ...Object.entries(conversions).flatMap(([kind, { unknown }]) =>
        unknown.map((path) => noPlace(spec, { kind, path })),
      ),
      ...companions(spec),
    ],
    ofCluster: ["networking", "clusterName"].filter(
      (key) =>
        ClusterConfiguration.ofCluster.includes(key) &&
        isRecord(own("ClusterConfiguration")) &&
        Object.hasOwn(own("ClusterConfiguration") as object, key),
    ),
  };
}

function merged(spec: ClusterSpec): unknown {
  const document = findDocument(spec.kubeadmDocuments, "ClusterConfiguration");
  const change = clusterConfiguration(spec);
  if (document === undefined) return pruned(change.set);
  return readYaml("", mergeDocument(document.source.text, change)).documents[0]?.value;
}

// Every API server listens on the same port; what the user said of the address stands.
function withEndpoint(
  value: Readonly<Record<string, unknown>>,
  { localAPIEndpoint }: { readonly localAPIEndpoint?: { readonly bindPort: number } },
): Readonly<Record<string, unknown>> {
  if (localAPIEndpoint === undefined) return value;
  const standing = isRecord(value["localAPIEndpoint"]) ? value["localAPIEndpoint"] : {};
  return { ...value, localAPIEndpoint: { ...standing, ...localAPIEndpoint } };
}

interface Misplaced {
  readonly kind: string;
  readonly path: readonly PathStep[];
}

function noPlace(spec: ClusterSpec, { kind, path }: Misplaced): Finding {
  const document = findDocument(spec.kubeadmDocuments, kind);
  const [first] = path;
  return {
    rule: "cluster-api-place",
    severity: "error",
    path: `${kind}.${pathText(path)}`,
    message: "has no place in Cluster API's objects of this version",
    remedy: remedies[String(first)] ?? "remove it, or reach the same with files and a patch (patches.directory)",
    ...positionIn(document, path),
  };
}

const remedies: Readonly<Record<string, string>> = {
  bootstrapTokens: "remove it: Cluster API makes the tokens",
  certificateKey: "remove it: Cluster API brings the certificates to the machines itself",
  discovery: "remove it: Cluster API tells every machine how to find the cluster",
  timeouts: "use --format capi-v1beta2, or remove it",
};

function companions({ kubeadmDocuments }: ClusterSpec): readonly Finding[] {
  return kubeadmDocuments
    .filter(({ kind }) => !["ClusterConfiguration", "InitConfiguration", "JoinConfiguration"].includes(kind))
    .map((document): Finding => ({
      rule: "cluster-api-place",
      severity: "error",
      path: document.kind,
      message: "has no place in Cluster API's objects",
      remedy: "remove it here, and bring it to the machines as a file with a kubeadm patch (patches.directory)",
      ...positionIn(document, []),
    }));
}

function positionIn(document: KubeadmDocument | undefined, path: readonly PathStep[]): Pick<Finding, "position"> {
  return document === undefined ? {} : { position: document.source.locateKey(path) };
}
