import type { Pair } from "../pair.ts";
import { haproxyWith, soundHaproxy } from "./sound.ts";

type Change = readonly [from: string, to: string];

const file = "etc/haproxy/haproxy.cfg";

/** The sound file against the same with one change. */
function pair(rule: string, at: string, change: Change): Pair {
  return { rule, file, at, bad: haproxyWith(change), good: soundHaproxy };
}

/** As `pair`, where both texts have further changes or files beside them. */
function within(
  { common = [], others = [] }: { readonly common?: readonly Change[]; readonly others?: Pair["others"] },
  { rule, at, change }: { readonly rule: string; readonly at: string; readonly change: Change },
): Pair {
  return { rule, file, at, bad: haproxyWith(...common, change), good: haproxyWith(...common), others: others ?? [] };
}

const pod = (image: string, rest = "") => ({
  path: "etc/kubernetes/manifests/haproxy.yaml",
  text: `apiVersion: v1
kind: Pod
metadata: { name: haproxy, namespace: kube-system }
spec:
  hostNetwork: true
  containers:
    - name: haproxy
      image: ${image}
${rest}`,
});

const inContainer = [pod("docker.io/library/haproxy:3.0.26")];

const keepalived = {
  path: "etc/keepalived/keepalived.conf",
  text: `vrrp_instance one {
    interface eth0
    unicast_src_ip 192.0.2.11
    virtual_ipaddress {
        192.0.2.100/32
        2001:db8::100/128
    }
}
`,
};

const init = {
  path: "etc/kubernetes/kubeadm.yaml",
  text: `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint:
  advertiseAddress: 192.0.2.13
  bindPort: 6443
`,
};

export const pairs: readonly Pair[] = [
  pair("HA01", "20:1", ["    option httpchk", "    # option httpchk"]),
  pair("HA01", "27:5", ["192.0.2.11:6443", "192.0.2.11:6443 no-check"]),
  pair("HA01", "20:1", ["default-server check ", "default-server "]),
  // Checked by another backend, which asks only for a connection.
  within(
    {
      common: [
        ["default-server check check-ssl", "default-server check-ssl"],
        ["192.0.2.11:6443", "192.0.2.11:6443 track ready/cp1"],
        ["192.0.2.12:6443", "192.0.2.12:6443 track ready/cp2"],
        [
          "192.0.2.13:6443\n",
          `192.0.2.13:6443 track ready/cp3
backend ready
    option httpchk GET /readyz
    http-check expect status 200
    default-server check check-ssl verify required ca-file /pki/ca.crt verifyhost kubernetes
    server cp1 192.0.2.11:6443
    server cp2 192.0.2.12:6443
    server cp3 192.0.2.13:6443
`,
        ],
      ],
    },
    { rule: "HA01", at: "30:1", change: ["    option httpchk GET", "    # option httpchk GET"] },
  ),
  pair("HA02", "23:34", ["/readyz", "/healthz"]),
  pair("HA02", "23:34", ["/readyz", "/livez"]),
  pair("HA02", "22:5", ["    http-check expect", "    # http-check expect"]),
  pair("HA02", "22:5", ["    http-check send", "    # http-check send"]),
  pair("HA03", "25:43", ["verify required", "verify none"]),
  pair("HA03", "25:83", ["verifyhost kubernetes", "verifyhost 192.0.2.11"]),
  within(
    { common: [["verifyhost kubernetes", "check-sni kubernetes"]] },
    { rule: "HA03", at: "27:5", change: ["check-sni", "check-alpn"] },
  ),
  pair("HA03", "22:5", ["check check-ssl ", "check "]),
  pair("HA04", "26:26", ["inter 2s", "inter 10s"]),
  pair("HA04", "26:26", ["fall 3", "fall 9"]),
  pair("HA05", "20:1", ["    option redispatch", "    # option redispatch"]),
  pair("HA05", "16:5", ["    option redispatch", "    no option redispatch"]),
  pair("HA05", "15:13", ["retries 3", "retries 0"]),
  pair("HA05", "16:23", ["redispatch 1", "redispatch 0"]),
  pair("HA06", "20:1", ["on-marked-down", "# on-marked-down"]),
  within(
    { common: [["timeout tunnel 4h", "timeout queue 4h"]] },
    {
      rule: "HA07",
      at: "11:20",
      change: ["client 1m", "client 50s"],
    },
  ),
  within(
    { common: [["server 1m", "server 2m"]] },
    { rule: "HA07", at: "11:20", change: ["    timeout tunnel", "    # timeout tunnel"] },
  ),
  pair("HA07", "13:20", ["tunnel 4h", "tunnel 30000"]),
  pair("HA07", "17:1", ["    timeout client", "    # timeout client"]),
  pair("HA08", "10:21", ["connect 2s", "connect 5000"]),
  pair("HA08", "20:1", ["    timeout check", "    # timeout check"]),
  pair("HA08", "20:1", ["    timeout connect", "    # timeout connect"]),
  within(
    { common: [["fall 3", "fall 3 maxconn 4000"]] },
    {
      rule: "HA09",
      at: "26:60",
      change: ["maxconn 4000", "maxconn 250"],
    },
  ),
  within(
    { common: [["fall 3", "fall 3 maxqueue 0"]] },
    {
      rule: "HA09",
      at: "26:61",
      change: ["maxqueue 0", "maxqueue 256"],
    },
  ),
  within({ others: inContainer }, { rule: "HA10", at: "1:1", change: ["    maxconn", "    # maxconn"] }),
  pair("HA10", "3:13", ["maxconn 8000", "maxconn 20000"]),
  pair("HA11", "9:5", ["option tcplog", "option httplog"]),
  within(
    { common: [["    default_backend", "    acl static src -i /static\n    default_backend"]] },
    {
      rule: "HA11",
      at: "19:16",
      change: ["static src", "static path_beg"],
    },
  ),
  within(
    { common: [["    default_backend", "    use_backend apiservers if { src /x }\n    default_backend"]] },
    {
      rule: "HA11",
      at: "19:33",
      change: ["{ src", "{ path"],
    },
  ),
  within(
    { common: [["    default_backend", "    tcp-request deny\n    default_backend"]] },
    {
      rule: "HA11",
      at: "19:5",
      change: ["tcp-request deny", "http-request deny"],
    },
  ),
  pair("HA12", "18:10", [":::8443", "*:8443"]),
  within({ others: [keepalived] }, { rule: "HA12", at: "18:10", change: [":::8443", "0.0.0.0:8443"] }),
  within({ others: [keepalived] }, { rule: "HA12", at: "18:10", change: [":::8443", ":::6443"] }),
  within(
    {
      common: [
        ["v4v6", "v4v6 transparent"],
        [":::8443", "192.0.2.100:8443,[2001:db8::100]:8443"],
      ],
      others: [keepalived],
    },
    {
      rule: "HA12",
      at: "18:27",
      change: [" transparent", ""],
    },
  ),
  pair("HA13", "5:5", ["hard-stop-after 15s", "nbproc 15s"]),
  pair("HA13", "15:5", ["retries", "redispatch"]),
  pair("HA13", "9:5", ["tcplog", "forceclose"]),
  {
    rule: "HA13",
    file,
    at: "4:5",
    bad: soundHaproxy,
    good: haproxyWith(["fd-hard-limit", "# fd-hard-limit"]),
    others: [pod("haproxy:2.4.30")],
  },
  within({ others: inContainer }, { rule: "HA14", at: "2:9", change: ["stdout", "/dev/log"] }),
  within({ others: inContainer }, { rule: "HA14", at: "5:5", change: ["hard-stop-after", "chroot"] }),
  within({ others: inContainer }, { rule: "HA14", at: "5:5", change: ["hard-stop-after", "user"] }),
  within(
    { common: [["hard-stop-after 15s", "stats socket ipv4@127.0.0.1:9999"]], others: inContainer },
    {
      rule: "HA14",
      at: "5:18",
      change: ["ipv4@127.0.0.1:9999", "/run/haproxy/admin.sock"],
    },
  ),
  pair("HA15", "21:13", ["leastconn", "source"]),
  within(
    { common: [["fall 3", "fall 3 no-send-proxy"]] },
    {
      rule: "HA15",
      at: "26:52",
      change: ["no-send-proxy", "send-proxy"],
    },
  ),
  within(
    { common: [["    balance", "    #stick on src\n    balance"]] },
    {
      rule: "HA15",
      at: "21:5",
      change: ["#stick on", "stick on"],
    },
  ),
  pair("HA16", "20:1", ["    server cp3", "    # server cp3"]),
  pair("HA16", "27:16", ["192.0.2.11:6443", "cp1.example.com:6443"]),
  pair("HA16", "28:16", ["192.0.2.12:6443", "192.0.2.11:6443"]),
  within({ others: [init] }, { rule: "HA16", at: "29:16", change: ["192.0.2.13:6443", "192.0.2.13:8443"] }),
  within({ others: [init] }, { rule: "HA16", at: "20:1", change: ["192.0.2.13:6443", "192.0.2.14:6443"] }),
  within(
    { common: [["frontend apiserver", "frontend page\n    bind :9090\n    stats admin if LOCAL\nfrontend apiserver"]] },
    { rule: "HA17", at: "19:5", change: ["if LOCAL", "if TRUE"] },
  ),
  within(
    {
      common: [
        ["frontend apiserver", "frontend page\n    bind 127.0.0.1:9090\n    stats admin if TRUE\nfrontend apiserver"],
      ],
    },
    { rule: "HA17", at: "19:5", change: ["127.0.0.1:9090", "*:9090"] },
  ),
  within(
    { common: [["hard-stop-after 15s", "stats socket ipv4@:9999 level user"]] },
    { rule: "HA17", at: "5:18", change: ["level user", "level admin"] },
  ),
  within(
    { common: [["hard-stop-after 15s", "stats socket /run/haproxy/admin.sock mode 600 level admin"]] },
    { rule: "HA17", at: "5:18", change: ["mode 600", "mode 666"] },
  ),
];
