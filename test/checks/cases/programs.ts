import type { ClusterSpec } from "../../../src/config/spec.ts";
import { cluster as ordinary, kubeVipCluster } from "../../components/cluster.ts";
import { cluster } from "../../kubeadm/spec.ts";
import { type Case, type Cases, worker } from "../case.ts";
import { versions } from "../machine.ts";

const kubeVip = { spec: kubeVipCluster() };
const kubeVip34 = { spec: kubeVipCluster({ kubernetesVersion: cluster({ version: "v1.34.8" }).kubernetesVersion }) };
const onHosts = ordinary({ deployAs: "systemd" });
const early = (text: string): Case => [
  text,
  versions({ kubeadm: text }),
  [`warning KubeadmVersion kubeadm ${text} asks`],
  kubeVip34,
];

/** The kernel and what is installed. */
export const programCases: Cases = {
  Program: [
    [
      "nothing is installed",
      { programs: [] },
      ["error Program-haproxy apt-get install", "error Program-keepalived ", "error Program-nc netcat-openbsd"],
      { spec: onHosts },
    ],
    [
      "Red Hat's packages",
      { programs: ["haproxy", "keepalived"] },
      ["error Program-nc dnf install nmap-ncat"],
      { spec: { ...onHosts, host: { ...onHosts.host, family: "rhel" } } },
    ],
    ["all are", {}, [], { spec: onHosts }],
    ["pods bring their own", { programs: [] }, []],
    ["a worker", { programs: [] }, [], { ...worker, spec: onHosts }],
  ],
  HostVersion: [
    [
      "older than any file",
      versions({ keepalived: "v2.0.20", haproxy: "2.0.13-2" }),
      [
        "error HostVersion-keepalived keepalived v2.0.20 does not know check_unicast_src",
        "error HostVersion-haproxy haproxy 2.0.13-2 does not know set-var in global, which its file has: install haproxy 2.4",
      ],
      { spec: onHosts },
    ],
    [
      "older than host says",
      versions({ keepalived: "v2.2.2", haproxy: "2.4.0" }),
      [
        "error HostVersion-keepalived does not know down_timer_adverts, which its file has: set host.keepalived to this",
      ],
      { spec: onHosts },
    ],
    [
      "as old as host says",
      versions({ keepalived: "v2.1.5" }),
      [],
      { spec: { ...onHosts, host: { ...onHosts.host, keepalived: "2.1.5" } } },
    ],
    [
      "nginx of long ago",
      versions({ nginx: "1.14.2", keepalived: "v2.2.7" }),
      ["error HostVersion-nginx nginx 1.14.2 does not know proxy_socket_keepalive"],
      { spec: { ...onHosts, loadBalancer: { ...onHosts.loadBalancer, provider: "nginx" } } },
    ],
    [
      "Debian's",
      versions({ keepalived: "v2.2.7", haproxy: "2.6.12-1+deb12u1", nginx: "1.22.1" }),
      [],
      { spec: onHosts },
    ],
    ["newer ones", versions({ keepalived: "v2.3.3", haproxy: "3.0.11-1+deb13u1" }), [], { spec: onHosts }],
    ["what is no version", versions({ keepalived: "v2", haproxy: "3.5-dev5" }), [], { spec: onHosts }],
    ["pods bring their own", versions({ keepalived: "v2.0.20" }), []],
    ["a worker", versions({ keepalived: "v2.0.20" }), [], { ...worker, spec: onHosts }],
  ],
  CgroupVersion: [
    ["1.36", { cgroupVersion: 1 }, ["error CgroupVersion refuses to start"]],
    ["1.35", { cgroupVersion: 1 }, ["error CgroupVersion "], { spec: cluster({ version: "v1.35.0" }) }],
    ["1.34", { cgroupVersion: 1 }, ["warning CgroupVersion maintenance"], { spec: cluster({ version: "v1.34.8" }) }],
    ["1.31", { cgroupVersion: 1 }, ["warning CgroupVersion "], { spec: cluster({ version: "v1.31.0" }) }],
    ["1.30", { cgroupVersion: 1 }, [], { spec: cluster({ version: "v1.30.4" }) }],
    [
      "as the user wants it",
      { cgroupVersion: 1 },
      ["warning CgroupVersion failCgroupV1 is false"],
      { spec: kubelet("failCgroupV1: false") },
    ],
    [
      "the default, written down",
      { cgroupVersion: 1 },
      ["error CgroupVersion "],
      { spec: kubelet("failCgroupV1: true") },
    ],
    ["a worker", { cgroupVersion: 1 }, ["error CgroupVersion "], worker],
    ["version 2", {}, []],
    ["unknown", { cgroupVersion: undefined }, []],
  ],
  KubeadmVersion: [
    ["older", versions({ kubeadm: "v1.35.9" }), ["error KubeadmVersion v1.35.9 does not know Kubernetes v1.36.3"]],
    ["the next minor", versions({ kubeadm: "v1.37.0" }), []],
    ["two minors on", versions({ kubeadm: "v1.38.0-rc.1" }), ["error KubeadmVersion v1.38.0-rc.1 sets up"]],
    ["none", versions({ kubeadm: undefined }), ["warning KubeadmVersion no kubeadm"]],
    ...["unknown", "v1.36", "v1..3", "v1.x.3", "v1.12345.3", "v1.36.", "v1.36.x", "v1.36.3/$(x)", "2"].map(
      (text): Case => [text, versions({ kubeadm: text }), ["warning KubeadmVersion no kubeadm"]],
    ),
    ...["v1.36.3-eks-1", "v1.36.10+rke2r1", "1.36.3", "v1.36.3~rc1"].map((text): Case => [
      text,
      versions({ kubeadm: text }),
      [],
    ]),
    ["early", versions({ kubeadm: "v1.36.0" }), ["warning KubeadmVersion install kubeadm v1.36.1 or a later"], kubeVip],
    ["early, before a join", versions({ kubeadm: "v1.36.0" }), [], { ...kubeVip, role: "join" }],
    ["early, on a member", { ...versions({ kubeadm: "v1.36.0" }), member: true }, [], kubeVip],
    ["early, with keepalived", versions({ kubeadm: "v1.36.0" }), []],
    ...["v1.34.2", "v1.34.7", "v1.35.0", "v1.35.4"].map(early),
    ...["v1.34.1", "v1.34.8", "v1.35.5"].map((text): Case => [text, versions({ kubeadm: text }), [], kubeVip34]),
  ],
  KubeletVersion: [
    [
      "newer",
      versions({ kubelet: "v1.37.0" }),
      ["error KubeletVersion kubelet v1.37.0 is newer than Kubernetes v1.36.3"],
    ],
    ["three minors older", versions({ kubelet: "v1.33.12" }), []],
    ["four minors older", versions({ kubelet: "v1.32.9" }), ["error KubeletVersion more than three minors older"]],
    ["none", versions({ kubelet: undefined }), ["warning KubeletVersion no kubelet"]],
    ["the same", {}, []],
  ],
  ContainerdVersion: [
    ["1.x", versions({ containerd: "1.7.24" }), ["warning ContainerdVersion containerd 1.7.24"]],
    ["Debian's", versions({ containerd: "1.6.20~ds1" }), ["warning ContainerdVersion containerd 1.6.20~ds1"]],
    ["1.x and 1.34", versions({ containerd: "1.7.24" }), [], { spec: cluster({ version: "v1.34.8" }) }],
    ["2.x", versions({ containerd: "v2.0.0" }), []],
    ["none", versions({ containerd: undefined }), ["warning ContainerdVersion no containerd"]],
    [
      "none, though its socket is named",
      versions({ containerd: undefined }),
      ["warning ContainerdVersion "],
      { spec: criSocket("unix:///run/containerd/containerd.sock") },
    ],
    ["another runtime", versions({ containerd: undefined }), [], { spec: criSocket("unix:///var/run/crio/crio.sock") }],
  ],
  SELinux: [
    ["enforcing", { selinux: "enforcing" }, ["warning SELinux -t container_file_t '/(etc|run)/kubeadm-ha(/.*)?'"]],
    ["permissive", { selinux: "permissive", selinuxBooleansOff: ["haproxy_connect_any"] }, [], { spec: onHosts }],
    ["none", {}, []],
    ["a worker", { selinux: "enforcing" }, [], worker],
    [
      "enforcing, services",
      { selinux: "enforcing", selinuxBooleansOff: ["haproxy_connect_any", "httpd_can_network_connect"] },
      [
        "warning SELinux -t keepalived_unconfined_script_exec_t",
        "warning SELinux-haproxy_connect_any setsebool -P haproxy_connect_any=1",
      ],
      { spec: onHosts },
    ],
    [
      "enforcing, nginx as a service",
      { selinux: "enforcing", selinuxBooleansOff: ["httpd_can_network_connect"] },
      [
        "warning SELinux semanage port -a -t http_port_t -p tcp 8405",
        "warning SELinux-httpd_can_network_connect may connect to no API server",
      ],
      { spec: { ...onHosts, loadBalancer: { ...onHosts.loadBalancer, provider: "nginx" } } },
    ],
    ["enforcing, services, the leave is given", { selinux: "enforcing" }, ["warning SELinux "], { spec: onHosts }],
  ],
  AppArmor: [
    [
      "of two",
      { appArmorProfiles: ["haproxy"] },
      ["warning AppArmor-haproxy /etc/kubeadm-ha/** r,"],
      { spec: onHosts },
    ],
    ["of what is not used", { appArmorProfiles: ["nginx"] }, [], { spec: onHosts }],
    ["pods", { appArmorProfiles: ["keepalived", "haproxy"] }, []],
    ["none", {}, [], { spec: onHosts }],
  ],
};

function kubelet(text: string): ClusterSpec {
  return cluster({ documents: `apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n${text}\n` });
}

function criSocket(text: string): ClusterSpec {
  return cluster({
    documents: `apiVersion: kubeadm.k8s.io/v1beta4\nkind: InitConfiguration\nnodeRegistration: {criSocket: "${text}"}\n`,
  });
}
