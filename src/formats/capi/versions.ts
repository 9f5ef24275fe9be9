/** A contract of Cluster API, by the version of its objects. */
export type ContractVersion = "v1beta1" | "v1beta2";

export const bootstrapGroup = "bootstrap.cluster.x-k8s.io";
export const controlPlaneGroup = "controlplane.cluster.x-k8s.io";

/** The objects that can be made. */
export const objectKinds = ["KubeadmControlPlane", "KubeadmConfig", "KubeadmConfigTemplate"] as const;
export type ObjectKind = (typeof objectKinds)[number];

/** What a machine's image reads at its first boot, as the objects' `format` says. */
export const bootstrapFormats = ["cloud-config", "ignition"] as const;
export type BootstrapFormat = (typeof bootstrapFormats)[number];

/** What of it a user asks for. */
export interface Target {
  readonly version: ContractVersion;
  /** Undefined for the part that somebody's KubeadmControlPlane lacks. */
  readonly kind: ObjectKind | undefined;
}
