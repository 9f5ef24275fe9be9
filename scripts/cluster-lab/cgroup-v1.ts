/** A configuration as it has to be where the kubelet finds control groups of version 1, as on the lab's nodes. */
export function acceptingCgroupV1(config: string, kubernetesVersion: string): string {
  const minor = Number(/^v1\.(\d+)/.exec(kubernetesVersion)?.[1]);
  // https://github.com/kubernetes/kubernetes/pull/134298
  if (minor < 35 || config.includes("kind: KubeletConfiguration")) return config;
  return `${config}
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
failCgroupV1: false
`;
}
