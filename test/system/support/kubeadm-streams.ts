import type { FieldCase } from "./kubeadm-fields.ts";

/** Streams of v1beta4 that are right or wrong as a whole, and scalars that YAML 1.1 reads in its own way. */
export function streamCases(release: string): readonly FieldCase[] {
  const head = `apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nkubernetesVersion: ${release}\n`;
  return [...streams, ...scalars.map((line) => `${line}\n`)].map((more) => ({
    name: `v1beta4 stream: ${JSON.stringify(more)}`,
    version: "v1beta4",
    text: head + more,
  }));
}

const streams = [
  "---\napiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\n",
  "---\napiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n",
  "---\napiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmode: iptables\n",
  "---\napiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n".repeat(2),
  "---\napiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguraton\n",
  "---\napiVersion: v1\nkind: ConfigMap\n",
  "---\nkind: KubeletConfiguration\n",
  "---\napiVersion: kubelet.config.k8s.io/v1beta1\n",
  "---\na: b\n",
  "---\napiVersion: kubeadm.k8s.io/v1beta2\nkind: InitConfiguration\n",
  "apiServer: {certSANs: [a]}\napiServer: {}\n",
  "controllerManager: &c {extraArgs: [{name: v, value: '2'}]}\nscheduler: {<<: *c}\n",
  "controllerManager: &c {extraArg: []}\nscheduler: {<<: *c}\n",
  "controllerManager: &c {extraArgs: [{name: v, value: '2'}]}\nscheduler: *c\n",
];

const scalars = [
  ...["yes", "off", "Y", "true", "'yes'", "1", "TRUE", "null", "~", ""].map((text) => `proxy: {disabled: ${text}}`),
  ...["yes", "no", "1_000", "0o17", "0b11", "012", "1:30", "2026-01-01", "1e3", ".5", "1.30", "null", "+1", "0x1f"].map(
    (text) => `clusterName: ${text}`,
  ),
  ...['"yes"', "!!str yes", "'1'", "a", "1.2.3", "-", "=", ".nan", "08", "1,2"].map((text) => `clusterName: ${text}`),
];
