import type { Pod } from "../../readers/pod.ts";
import { keysOf, type YamlPart } from "../../readers/yaml-part.ts";

/** Something of the API that a pod names, as the kubelet calls it. */
export interface ApiReference {
  readonly part: YamlPart;
  readonly resource: string;
}

/**
 * What the kubelet refuses in a static pod.
 * https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/api/v1/pod/util.go HasAPIObjectReference
 */
export function apiReferences({ spec }: Pod): readonly ApiReference[] {
  return [
    ...serviceAccounts(spec),
    ...lists(spec, "imagePullSecrets", "secrets"),
    ...lists(spec, "resourceClaims", "resourceclaims"),
    ...containerLists.flatMap((list) => spec.at(list).items()).flatMap(ofContainer),
    ...spec.at("volumes").items().flatMap(ofVolume),
  ];
}

const containerLists = ["containers", "initContainers", "ephemeralContainers"] as const;

function serviceAccounts(spec: YamlPart): readonly ApiReference[] {
  const part = ["serviceAccountName", "serviceAccount"].map((key) => spec.at(key)).find(({ text }) => text);
  return part === undefined ? [] : [{ part, resource: "serviceaccounts" }];
}

function ofContainer(container: YamlPart): readonly ApiReference[] {
  const sources = container.at("envFrom").items();
  const references = container
    .at("env")
    .items()
    .map((entry) => entry.at("valueFrom"));
  return [
    ...found(sources, "secretRef", "secrets"),
    ...found(sources, "configMapRef", "configmaps"),
    ...found(references, "secretKeyRef", "secrets"),
    ...found(references, "configMapKeyRef", "configmaps"),
    ...lists(container.at("resources"), "claims", "resourceclaims"),
  ];
}

function ofVolume(volume: YamlPart): readonly ApiReference[] {
  const projected = volume.at("projected", "sources").items();
  return [
    ...volumeSources.flatMap(([key, resource]) => found([volume], key, resource)),
    ...projectedSources.flatMap(([key, resource]) => found(projected, key, resource)),
    // A driver's credentials are a Secret, whatever the driver.
    ...keysOf(volume).flatMap((key) => found([volume.at(key)], "secretRef", "secrets")),
  ];
}

const volumeSources = [
  ["configMap", "configmaps"],
  ["secret", "secrets"],
  ["csi", "csidrivers"],
  ["glusterfs", "endpoints"],
  ["persistentVolumeClaim", "persistentvolumeclaims"],
  ["ephemeral", "persistentvolumeclaims"],
  ["azureFile", "secrets"],
] as const;

const projectedSources = [
  ["configMap", "configmaps"],
  ["secret", "secrets"],
  ["serviceAccountToken", "serviceaccounts"],
  ["clusterTrustBundle", "clustertrustbundles"],
  ["podCertificate", "podcertificates"],
] as const;

function lists(parent: YamlPart, key: string, resource: string): readonly ApiReference[] {
  const part = parent.at(key);
  return part.items().length === 0 ? [] : [{ part, resource }];
}

function found(parts: readonly YamlPart[], key: string, resource: string): readonly ApiReference[] {
  return parts
    .map((part) => part.at(key))
    .flatMap((part) => (part.exists && part.value !== null ? [{ part, resource }] : []));
}
