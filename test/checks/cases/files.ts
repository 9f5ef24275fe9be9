import { address, cluster, kubeVipCluster } from "../../components/cluster.ts";
import { cluster as clusterWith } from "../../kubeadm/spec.ts";
import { type Cases, worker } from "../case.ts";
import { agents, manifests } from "../machine.ts";

const ours = agents("kube-vip.yaml").map((manifest) => ({ ...manifest, ours: true }));

/** What was there before. */
export const fileCases: Cases = {
  FileAvailable: [
    [
      "another cluster's static pods",
      {
        manifests: manifests(
          "etcd.yaml",
          "kube-apiserver.yaml",
          "kube-controller-manager.yaml",
          "kube-scheduler.yaml",
          "other.yaml",
        ),
      },
      [
        "error FileAvailable--etc-kubernetes-manifests-kube-apiserver.yaml kubeadm init refuses",
        "error FileAvailable--etc-kubernetes-manifests-kube-controller-manager.yaml ",
        "error FileAvailable--etc-kubernetes-manifests-kube-scheduler.yaml ",
        "error FileAvailable--etc-kubernetes-manifests-etcd.yaml ",
      ],
    ],
    [
      "before a join",
      { manifests: manifests("etcd.yaml") },
      ["error FileAvailable--etc-kubernetes-manifests-etcd.yaml kubeadm join refuses"],
      { role: "join" },
    ],
    ["a member", { member: true, manifests: manifests("etcd.yaml") }, []],
    ["others", { manifests: manifests(".etcd.yaml", "etcd.yml") }, []],
    ["a worker", { manifests: manifests("etcd.yaml") }, [], worker],
  ],
  DirAvailable: [
    ["another cluster's data", { etcdData: true }, ["error DirAvailable--var-lib-etcd kubeadm init refuses"]],
    ["before a join", { etcdData: true }, ["error DirAvailable--var-lib-etcd kubeadm join refuses"], { role: "join" }],
    ["a member", { member: true, etcdData: true }, []],
    ["an empty directory", {}, []],
    ["etcd elsewhere", {}, [], { spec: withEtcd("external: {endpoints: ['https://10.0.0.1:2379']}") }],
    ["another directory", {}, [], { spec: withEtcd("local: {dataDir: /srv/etcd}") }],
    ["a directory that only kubeadm can judge", {}, [], { spec: withEtcd("local: {dataDir: 'a b'}") }],
    ["a worker", { etcdData: true }, [], worker],
  ],
  ForeignAgent: [
    [
      "hand-made agents, one of them with a name of any bytes",
      { manifests: [...agents("kube-vip.yaml", 'my \u00fc"$x`\n,\u00e9.yaml'), ...manifests("pod.yaml")] },
      [
        "error ForeignAgent--etc-kubernetes-manifests-kube-vip.yaml names 192.168.10.100: if",
        "error ForeignAgent--etc-kubernetes-manifests-my????x????.yaml /etc/kubernetes/manifests/my????x????.yaml is",
      ].toSorted(),
    ],
    [
      "both families",
      { manifests: agents("vip") },
      ["error ForeignAgent--etc-kubernetes-manifests-vip 192.168.10.100 or fd00::100"],
      {
        spec: cluster({
          virtualIP: {
            provider: "keepalived",
            addresses: [address("192.168.10.100"), address("fd00::100")],
            networks: [],
          },
        }),
      },
    ],
    [
      "what takes the place of ours, kubeadm's, and what the kubelet leaves alone",
      { manifests: agents(".kube-vip.yaml", "etcd.yaml", "haproxy.yaml", "keepalived.yaml"), member: true },
      [],
    ],
    ["ours of an earlier run", { prepared: true, manifests: ours }, []],
    ["an empty directory", {}, []],
    ["a worker", { manifests: agents("kube-vip.yaml") }, [], worker],
  ],
  Service: [
    [
      "all of them",
      { activeUnits: ["keepalived", "haproxy", "nginx"] },
      [
        "error Service-keepalived systemctl disable --now keepalived",
        "warning Service-haproxy systemctl disable --now haproxy",
        "warning Service-nginx ",
      ],
    ],
    [
      "without a balancer of ours",
      { activeUnits: ["keepalived", "haproxy", "nginx"] },
      ["error Service-keepalived "],
      { spec: kubeVipCluster() },
    ],
    ["none", {}, []],
    ["a worker", { activeUnits: ["keepalived", "haproxy", "nginx"] }, [], worker],
  ],
};

function withEtcd(text: string) {
  return clusterWith({
    documents: `apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\netcd:\n  ${text}\n`,
  });
}
