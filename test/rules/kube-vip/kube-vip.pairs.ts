import type { Pair } from "../pair.ts";
import { changed, kubeVipManifest } from "./manifest.ts";

const kubeadm = (text: string): NonNullable<Pair["others"]> => [{ path: "cp1/etc/kubeadm-ha/kubeadm.yaml", text }];
const founding = `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint:
  advertiseAddress: 192.168.10.11
  bindPort: 6443
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
controlPlaneEndpoint: 192.168.10.100:6443
`;
const joining = `apiVersion: kubeadm.k8s.io/v1beta4
kind: JoinConfiguration
controlPlane:
  localAPIEndpoint:
    advertiseAddress: 192.168.10.12
`;
const environment = (name: string, value: string): readonly [string, string] => [
  "      env:\n",
  `      env:\n        - { name: ${name} , value: "${value}" }\n`,
];

// A credential that may do little: no rule has anything to say about it.
const ownCredential = ["path: /etc/kubernetes/admin.conf", "path: /etc/kubernetes/kube-vip.conf"] as const;

export const pairs: readonly Pair[] = [
  changed("KV01", "21:19", { from: "vip_interface ", to: "vip_interfaces " }),
  // Read since v1.2.2 only.
  changed("KV01", "18:19", {
    from: "kube-vip:v1.2.3",
    to: "kube-vip:v1.2.1",
    also: [environment("vip_loseleadership", "true")],
  }),
  changed("KV02", "22:19", { from: "name: vip_subnet ", to: "name: vip_cidr " }),
  changed("KV02", "29:19", { from: "name: address ", to: "name: vip_address " }),
  changed("KV02", "18:19", {
    from: "name: enable_endpoints ",
    to: "name: enable_endpointslices ",
    also: [environment("enable_endpoints", "false")],
  }),
  changed("KV02", "22:19", {
    from: "name: vip_cidr ",
    to: "name: vip_subnet ",
    also: [
      ["kube-vip:v1.2.3", "kube-vip:v0.8.10"],
      ["name: vip_subnet ", "name: vip_cidr "],
    ],
  }),
  changed("KV03", "21:19", { from: "name: vip_interface ", to: "name: vip_arp " }),
  changed("KV04", "18:36", { from: 'vip_arp , value: "true"', to: "vip_arp , value: true" }),
  changed("KV04", "19:33", { from: 'value: "6443"', to: "value: 6443" }),
  changed("KV04", "24:39", { from: 'svc_enable , value: "false"', to: 'svc_enable , value: "no"' }),
  changed("KV04", "19:33", { from: 'value: "6443"', to: 'value: "66443"' }),
  changed("KV04", "18:37", {
    from: 'dns_mode , value: "ipv4"',
    to: 'dns_mode , value: "v4"',
    also: [environment("dns_mode", "ipv4")],
  }),
  changed("KV05", "17:7", { from: 'vip_arp , value: "true"', to: 'vip_arp , value: "false"' }),
  changed("KV05", "18:39", {
    from: 'bgp_enable , value: "false"',
    to: 'bgp_enable , value: "true"',
    also: [environment("bgp_enable", "false")],
  }),
  changed("KV05", "17:7", { from: 'cp_enable , value: "true"', to: 'cp_enable , value: "false"' }),
  changed("KV06", "27:46", { from: 'value: "15"', to: 'value: "10"' }),
  changed("KV06", "27:46", { from: 'value: "2"', to: 'value: "9"' }),
  changed("KV07", "22:39", { from: 'value: "32"', to: 'value: "33"' }),
  changed("KV07", "22:39", {
    from: 'value: "32,128"',
    to: 'value: "32"',
    also: [
      ["value: 192.168.10.100 }", 'value: "192.168.10.100,fd00::100" }'],
      ['value: "32"', 'value: "32,128"'],
    ],
  }),
  changed("KV07", "22:39", {
    from: 'value: "32,128"',
    to: 'value: "32,128,64"',
    also: [['value: "32"', 'value: "32,128"']],
  }),
  changed("KV08", "14:14", { from: "kube-vip:v1.2.3", to: "kube-vip:v1.2.2" }),
  changed("KV08", "14:14", {
    from: "kube-vip-iptables:v1.2.1",
    to: "kube-vip:v1.2.1",
    also: [
      ["kube-vip:v1.2.3", "kube-vip-iptables:v1.2.1"],
      environment("lb_fwdmethod", "masquerade"),
      environment("lb_enable", "true"),
    ],
  }),
  changed("KV09", "14:14", { from: "kube-vip:v1.2.3", to: "kube-vip:v0.7.2" }),
  // A node that joins.
  changed("KV10", "40:15", {
    from: "path: /etc/kubernetes/kube-vip.conf",
    to: "path: /etc/kubernetes/super-admin.conf",
    others: kubeadm(joining),
    also: [ownCredential],
  }),
  // kubeadm init needs the virtual IP, and admin.conf has no rights yet.
  changed("KV10", "40:15", {
    from: "path: /etc/kubernetes/kube-vip.conf",
    to: "path: /etc/kubernetes/admin.conf",
    others: kubeadm(founding),
    kubernetesVersion: "v1.34.4",
    also: [ownCredential],
  }),
  changed("KV10", "40:15", {
    from: "path: /etc/kubernetes/kube-vip.conf",
    to: "path: /etc/kubernetes/super-admin.conf",
    kubernetesVersion: "v1.28.4",
    also: [ownCredential],
  }),
  // On every node.
  changed("KV10", "40:15", {
    from: "path: /etc/kubernetes/kube-vip.conf",
    to: "path: /etc/kubernetes/super-admin.conf",
    others: [
      {
        path: "cp0/etc/kubernetes/manifests/kube-vip.yaml",
        text: kubeVipManifest.replace("path: /etc/kubernetes/admin.conf", "path: /etc/kubernetes/super-admin.conf"),
      },
    ],
    also: [ownCredential],
  }),
  changed("KV11", "32:9", { from: "NET_ADMIN , NET_RAW ]", to: "NET_ADMIN , SYS_TIME ]" }),
  changed("KV11", "33:38", { from: "NET_RAW ]", to: "NET_RAW,SYS_TIME ]" }),
  changed("KV11", "32:9", { from: "drop: [ ALL ]", to: "drop: [ KILL ]" }),
  changed("KV11", "32:21", {
    from: "privileged: false",
    to: "privileged: true",
    also: [["      securityContext:\n", "      securityContext:\n        privileged: false\n"]],
  }),
  changed("KV12", "36:43", {
    from: "mountPath: /etc/kubernetes/admin.conf",
    to: "mountPath: /etc/kubernetes/super-admin.conf",
  }),
  changed("KV12", "18:44", {
    from: "name: kubernetes_addr ",
    to: "name: k8s_config_file ",
    also: [environment("kubernetes_addr", "/etc/kube.conf")],
  }),
  changed("KV13", "24:39", { from: 'svc_enable , value: "false"', to: 'svc_enable , value: "true"' }),
  changed("KV14", "18:46", {
    from: 'value: "1080"',
    to: 'value: "80"',
    also: [["kube-vip:v1.2.3", "kube-vip:v1.0.4"], environment("health_check_port", "1080")],
  }),
  changed("KV14", "30:46", { from: "127.0.0.1:2112", to: ":2112" }),
  changed("KV15", "6:1", { from: "[ kubernetes ]", to: "[ localhost ]" }),
  changed("KV15", "11:13", { from: "ip: 127.0.0.1 ", to: "ip: 192.168.10.100 " }),
  // Older kubelets write hostAliases too late.
  changed("KV15", "10:3", {
    from: "name: kubernetes_addr ",
    to: "name: vip_leasename ",
    also: [environment("kubernetes_addr", "127.0.0.1:6443")],
    kubernetesVersion: "v1.30.4",
  }),
  changed("KV16", "29:36", { from: "value: 192.168.10.100 }", to: 'value: "" }' }),
  changed("KV16", "29:36", { from: "value: 192.168.10.100 }", to: "value: 192.168.10.300 }" }),
  changed("KV16", "29:36", {
    from: "name: vip_subnet ",
    to: "name: vip_arpRate ",
    also: [["value: 192.168.10.100 }", "value: api.example.com }"]],
  }),
  changed("KV16", "19:33", { from: 'value: "6443"', to: 'value: "8443"', others: kubeadm(founding) }),
  changed("KV17", "18:36", { from: 'vip_leaderelection , value: "true"', to: 'vip_leaderelection , value: "false"' }),
  changed("KV18", "15:24", { from: "IfNotPresent", to: "Always" }),
];
