import type { Pair } from "../pair.ts";

const file = "etc/kubernetes/kubeadm.yaml";

const haproxy = (bind: string): NonNullable<Pair["others"]>[number] => ({
  path: "etc/haproxy/haproxy.cfg",
  text: `defaults
    mode tcp
frontend kube-apiserver
    bind ${bind}
    default_backend kube-apiserver
backend kube-apiserver
    server cp1 192.168.10.11:6443 check
    server cp2 192.168.10.12:6443 check
`,
});

const keepalived: NonNullable<Pair["others"]>[number] = {
  path: "etc/keepalived/keepalived.conf",
  text: `vrrp_instance kube {
    state BACKUP
    interface eth0
    virtual_router_id 77
    priority 100
    unicast_src_ip 192.168.10.11
    unicast_peer {
        192.168.10.12
    }
    virtual_ipaddress {
        192.168.10.100/32
    }
}
`,
};

const nginx: NonNullable<Pair["others"]>[number] = {
  path: "etc/nginx/nginx.conf",
  text: `events {}
stream {
    upstream kube_apiserver {
        server 192.168.10.11:6443;
    }
    server {
        listen 16443;
        proxy_pass kube_apiserver;
    }
}
`,
};

const cluster = (endpoint: string): string => `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.34.10
controlPlaneEndpoint: ${endpoint}
apiServer:
  certSANs: [192.168.10.100]
`;

const init = (address: string, port: number): string => `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint:
  advertiseAddress: ${address}
  bindPort: ${port}
`;

/** Rules that look at the files beside too. */
export const pairs: readonly Pair[] = [
  {
    rule: "KD01",
    file,
    bad: cluster("192.168.10.100:6443"),
    good: cluster("192.168.10.100:8443"),
    at: "4:23",
    others: [haproxy("*:8443")],
  },
  {
    rule: "KD01",
    file,
    bad: cluster("192.168.10.100"),
    good: cluster("192.168.10.100:16443"),
    at: "4:23",
    others: [nginx],
  },
  {
    rule: "KD03",
    file,
    bad: cluster(""),
    good: cluster("192.168.10.100:6443"),
    at: "2:7",
    others: [keepalived],
  },
  {
    rule: "KD09",
    file,
    bad: cluster("k8s.example.com:6443").replace("192.168.10.100]", "10.0.0.1]"),
    good: cluster("k8s.example.com:6443"),
    at: "6:3",
    others: [keepalived],
  },
  {
    rule: "KD11",
    file,
    bad: init("192.168.10.11", 8443),
    good: init("192.168.10.11", 6443),
    at: "5:13",
    others: [haproxy(":8443")],
  },
  {
    rule: "KD15",
    file,
    bad: init("192.168.10.100", 6443),
    good: init("192.168.10.11", 6443),
    at: "4:21",
    others: [keepalived],
  },
  {
    rule: "KD15",
    file,
    bad: init("192.168.20.11", 6443),
    good: init("192.168.10.11", 6443),
    at: "4:21",
    others: [keepalived],
  },
  {
    rule: "CL08",
    file,
    bad: cluster("192.168.10.101:6443"),
    good: cluster("192.168.10.100:6443"),
    at: "4:23",
    others: [keepalived],
  },
];
