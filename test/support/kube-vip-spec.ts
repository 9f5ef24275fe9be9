import type { KubeVipSpec } from "../../src/config/kube-vip-spec.ts";
import type { ClusterSpec } from "../../src/config/spec.ts";

/** kube-vip as it is without any settings. */
export const ordinaryKubeVip: KubeVipSpec = {
  mode: "arp",
  election: "lease",
  leaseDurationSeconds: 10,
  renewDeadlineSeconds: 7,
  retryPeriodSeconds: 1,
  bootstrapCredential: "super-admin",
  hosts: "alias",
  metricsAddress: ":2112",
  bgp: {
    localAS: 65_000,
    routerID: undefined,
    peers: [],
    sourceInterface: undefined,
    sourceIP: false,
    holdTimeSeconds: 30,
    keepaliveIntervalSeconds: 10,
    healthCheck: true,
  },
  routingTable: { table: 198, protocol: 248, clean: false },
  ipvs: undefined,
  dns: undefined,
  nodeLabeling: false,
  preserveOnLeadershipLoss: false,
  loseLeadershipAfterSeconds: undefined,
  extraEnv: {},
};

/** What of a cluster says that kubeadm installs it. */
export const byKubeadm = {
  serviceLoadBalancer: undefined,
  deployAs: "static-pod",
  distribution: "kubeadm",
  staticPodPath: "/etc/kubernetes/manifests",
  kubeconfigPath: "/etc/kubernetes/admin.conf",
} as const satisfies Partial<ClusterSpec>;
