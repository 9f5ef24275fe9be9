export type Distribution = "kubeadm" | "rke1" | "rke2" | "k3s";

/** Where what installs Kubernetes keeps what kube-vip needs. */
export interface DistributionPaths {
  /** Directory of the kubelet's static pods. */
  readonly staticPods: string;
  /** A kubeconfig with rights for leases; kube-vip uses the API server of its own node, whatever it names. */
  readonly kubeconfig: string;
  /** The CA of the API server's certificate. */
  readonly certificateAuthority: string;
  /** Directory whose manifests the distribution applies by itself; undefined where a person does. */
  readonly manifests: string | undefined;
  /** Whether the kubelet sees the host's files, so that it can check the type of a hostPath. */
  readonly checksHostPaths: boolean;
}

/** The paths of every distribution. */
export const distributions: Readonly<Record<Distribution, DistributionPaths>> = {
  kubeadm: {
    staticPods: "/etc/kubernetes/manifests",
    kubeconfig: "/etc/kubernetes/admin.conf",
    certificateAuthority: "/etc/kubernetes/pki/ca.crt",
    manifests: undefined,
    checksHostPaths: true,
  },
  // The kubelet is a container that sees few of the host's paths, so a type check can fail for a file that is there:
  // https://github.com/piraeusdatastore/piraeus-operator/issues/434. RKE keeps no kubeconfig on the nodes.
  rke1: {
    staticPods: "/etc/kubernetes/manifests",
    kubeconfig: "/etc/kubernetes/kube-vip.conf",
    certificateAuthority: "/etc/kubernetes/ssl/kube-ca.pem",
    manifests: undefined,
    checksHostPaths: false,
  },
  // https://docs.rke2.io/reference/server_config
  rke2: {
    staticPods: "/var/lib/rancher/rke2/agent/pod-manifests",
    kubeconfig: "/etc/rancher/rke2/rke2.yaml",
    certificateAuthority: "/var/lib/rancher/rke2/server/tls/server-ca.crt",
    manifests: "/var/lib/rancher/rke2/server/manifests",
    checksHostPaths: true,
  },
  // https://docs.k3s.io/cli/server and https://docs.k3s.io/installation/packaged-components
  k3s: {
    staticPods: "/var/lib/rancher/k3s/agent/pod-manifests",
    kubeconfig: "/etc/rancher/k3s/k3s.yaml",
    certificateAuthority: "/var/lib/rancher/k3s/server/tls/server-ca.crt",
    manifests: "/var/lib/rancher/k3s/server/manifests",
    checksHostPaths: true,
  },
};

/** Labels by which nodes of the control plane are known, and keys of the taints that keep other pods away. */
export function controlPlaneLabels(distribution: Distribution): readonly string[] {
  const usual = ["node-role.kubernetes.io/master", "node-role.kubernetes.io/control-plane"];
  // RKE1 writes it in one word: https://rke.docs.rancher.com/config-options/nodes
  return distribution === "rke1" ? [...usual, "node-role.kubernetes.io/controlplane"] : usual;
}
