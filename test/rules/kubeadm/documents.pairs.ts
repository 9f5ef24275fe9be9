import type { Pair } from "../pair.ts";

const file = "etc/kubernetes/kubeadm.yaml";
const hash = `sha256:${"ab".repeat(32)}`;

const cluster = (more: string): string => `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.34.10
${more}
`;

const joining = (more: string): string => `apiVersion: kubeadm.k8s.io/v1beta4
kind: JoinConfiguration
discovery:
  bootstrapToken:
    token: abcdef.0123456789abcdef
    apiServerEndpoint: 192.168.10.100:8443
${more}
`;

/** Rules that look at one file. */
export const pairs: readonly Pair[] = [
  {
    rule: "KD02",
    file,
    bad: cluster("controlPlaneEndpoint: fd00::10:6443"),
    good: cluster("controlPlaneEndpoint: '[fd00::10]:6443'"),
    at: "4:23",
  },
  {
    rule: "KD02",
    file,
    bad: cluster("controlPlaneEndpoint: https://k8s.example.com:6443"),
    good: cluster("controlPlaneEndpoint: k8s.example.com:6443"),
    at: "4:23",
  },
  {
    rule: "KD02",
    file,
    bad: joining("    caCertHashes: []").replace(":8443", ""),
    good: joining("    caCertHashes: []"),
    at: "6:24",
  },
  {
    rule: "KD03",
    file,
    bad: `${cluster("clusterName: a")}---
apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
certificateKey: ${"ab".repeat(32)}
`,
    good: `${cluster("clusterName: a")}---
apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
certificateKey:
`,
    at: "2:7",
  },
  {
    rule: "KD04",
    file,
    bad: cluster("apiServer:\n  certSans: [192.168.10.100]"),
    good: cluster("apiServer:\n  certSANs: [192.168.10.100]"),
    at: "5:3",
  },
  {
    rule: "KD05",
    file,
    bad: cluster("apiServer:\n  extraArgs:\n  - name: v\n    value: 2"),
    good: cluster("apiServer:\n  extraArgs:\n  - name: v\n    value: '2'"),
    at: "7:12",
  },
  // Kubernetes keeps to YAML 1.1.
  {
    rule: "KD05",
    file,
    bad: cluster("clusterName: no"),
    good: cluster("clusterName: 'no'"),
    at: "4:14",
  },
  {
    rule: "KD05",
    file,
    bad: joining(`    caCertHashes: []`),
    good: joining(`    caCertHashes: [${hash}]`),
    at: "4:3",
  },
  {
    rule: "KD06",
    file,
    bad: `${cluster("clusterName: a")}---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: ClusterConfiguration
`,
    good: `${cluster("clusterName: a")}---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
`,
    at: "7:7",
  },
  {
    rule: "KD07",
    file,
    bad: cluster("clusterName: a").replace("v1.34.10", "v1.30.4"),
    good: cluster("clusterName: a"),
    at: "1:13",
  },
  {
    rule: "KD08",
    file,
    bad: cluster("featureGates:\n  EtcdLearnerMode: true"),
    good: cluster("featureGates:\n  NodeLocalCRISocket: true"),
    at: "5:3",
  },
  {
    rule: "KD10",
    file,
    bad: cluster("apiServer:\n  certSANs:\n  - kubernetes.default"),
    good: cluster("apiServer:\n  certSANs:\n  - localhost"),
    at: "6:5",
  },
  {
    rule: "KD12",
    file,
    bad: cluster("controlPlaneEndpoint: 192.168.10.100:6443").replace("v1.34.10", "v1.34.5"),
    good: cluster("controlPlaneEndpoint: 192.168.10.100:6443"),
    at: "3:20",
  },
  {
    rule: "KD13",
    file,
    bad: joining("    caCertHashes: [sha256:abc]"),
    good: joining(`    caCertHashes: [${hash}]`),
    at: "7:20",
  },
  {
    rule: "KD14",
    file,
    bad: cluster("networking:\n  serviceSubnet: 10.96.0.0/11"),
    good: cluster("networking:\n  serviceSubnet: 10.96.0.0/12"),
    at: "5:18",
  },
  {
    rule: "KD15",
    file,
    bad: `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint:
  advertiseAddress: cp1.example.com
`,
    good: `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint:
  advertiseAddress: 192.168.10.11
`,
    at: "4:21",
  },
  {
    rule: "KD16",
    file,
    bad: cluster("clusterName: a").replace("ClusterConfiguration", "ClusterConfiguraton"),
    good: cluster("clusterName: a"),
    at: "2:7",
  },
  {
    rule: "KD16",
    file,
    bad: `${cluster("clusterName: a")}---
apiVersion: kubelet.config.k8s.io/v1beta1
type: KubeletConfiguration
`,
    good: `${cluster("clusterName: a")}---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
`,
    at: "6:1",
  },
  {
    rule: "KD17",
    file,
    bad: cluster("encryptionAlgorithm: ECDSA-P384").replace("v1.34.10", "v1.33.12"),
    good: cluster("encryptionAlgorithm: ECDSA-P384"),
    at: "4:22",
  },
  {
    rule: "KD18",
    file,
    bad: cluster("clusterName: a").replace("v1beta4", "v1beta3"),
    good: cluster("clusterName: a"),
    at: "1:13",
  },
];
