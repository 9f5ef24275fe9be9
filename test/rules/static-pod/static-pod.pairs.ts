import type { Pair } from "../pair.ts";
import { replaceOnce, swap } from "../swap.ts";

const digest = "a".repeat(64);
const haproxyPod = `apiVersion: v1
kind: Pod
metadata:
  name: haproxy
  namespace: kube-system
spec:
  hostNetwork: true
  priorityClassName: system-node-critical
  priority: 2000001000
  schedulerName: none
  containers:
    - name: haproxy
      image: docker.io/library/haproxy:3.0.26@sha256:${digest}
      imagePullPolicy: IfNotPresent
      livenessProbe:
        httpGet:
          host: 127.0.0.1
          path: /livez
          port: 8405
          scheme: HTTP
      resources:
        requests:
          cpu: 50m
      volumeMounts:
        - name: config
          mountPath: /usr/local/etc/haproxy
        - name: hosts
          mountPath: /etc/hosts
  volumes:
    - name: config
      hostPath:
        path: /etc/haproxy
        type: Directory
    - name: hosts
      hostPath:
        path: /etc/kubeadm-ha/hosts
        type: File
`;

const keepalivedPod = `apiVersion: v1
kind: Pod
metadata:
  name: keepalived
  namespace: kube-system
spec:
  hostNetwork: true
  priorityClassName: system-node-critical
  priority: 2000001000
  containers:
    - name: keepalived
      image: ghcr.io/cplieger/docker-keepalived:2.4.3
      securityContext:
        capabilities:
          add: [ NET_ADMIN , NET_RAW , SETGID , SETUID , KILL ]
          drop: [ ALL ]
`;

const otherUser = `global_defs {
    enable_script_security
    script_user nobody
}
`;

const balancer = `defaults
    mode tcp
frontend api
    bind :8443
    default_backend apis
backend apis
    server cp1 192.168.10.11:6443 check
`;

const etcdPod = ["name: haproxy\n  namespace", "- name: haproxy\n      image"].reduce(
  (text, from) => replaceOnce(text, from, from.replace("haproxy", "etcd")),
  haproxyPod,
);

const manifests = "cp1/etc/kubernetes/manifests";

export const pairs: readonly Pair[] = [
  haproxy("PD01", "15:7", ["scheme: HTTP\n", "scheme: HTTPS\n"]),
  // Without TLS, but on the port of the API servers.
  {
    ...haproxy("PD01", "15:7", ["port: 8405", "port: 8443"]),
    others: [{ path: "cp1/etc/haproxy/haproxy.cfg", text: balancer }],
  },
  haproxy("PD02", "33:15", ["type: Directory\n", "type: DirectoryOrCreate\n"]),
  haproxy("PD02", "32:15", ["path: /etc/haproxy\n", "path: /etc/kubernetes/pki\n"]),
  haproxy("PD02", "31:7", ["type: Directory\n", 'type: ""\n']),
  haproxy("PD02", "32:15", ["type: Directory\n", "type: File\n"]),
  keepalived("PD03", "16:19", ["SETGID ,", "SYS_TIME ,"]),
  keepalived("PD03", "16:19", ["NET_RAW ,", "SYS_TIME ,"]),
  {
    ...keepalived("PD03", "16:19", ["KILL ]", "SYS_TIME ]"]),
    others: [{ path: "cp1/etc/keepalived/keepalived.conf", text: otherUser }],
  },
  haproxy("PD04", "13:14", [`:3.0.26@sha256:${digest}`, ":3.0.26"]),
  haproxy("PD04", "13:14", [`:3.0.26@sha256:${digest}`, ":latest"]),
  haproxy("PD04", "13:14", ["library/haproxy:3.0.26@", "osixia/keepalived:2.0.20@"]),
  haproxy("PD04", "14:24", ["IfNotPresent", "Always"]),
  haproxy("PD04", "23:16", ["requests:", "limits:"]),
  haproxy("PD05", "10:3", ["schedulerName:", "serviceAccountName:"]),
  haproxy("PD05", "35:7", ["- name: hosts\n      hostPath:", "- name: hosts\n      configMap:"]),
  ...["haproxy.yaml.bak", "haproxy.yaml~", "haproxy.bak.yaml", "haproxy.yaml.rpmsave"].map((name) => ({
    rule: "PD06",
    file: `${manifests}/${name}`,
    at: "1:1",
    bad: haproxyPod,
    // What is no pod the kubelet does not run.
    good: replaceOnce(haproxyPod, "kind: Pod", "kind: Node"),
  })),
  {
    ...haproxy("PD07", "4:9", ["name: haproxy\n  namespace", "name: keepalived\n  namespace"]),
    others: [{ path: `${manifests}/a.yaml`, text: keepalivedPod }],
  },
  {
    rule: "PD08",
    file: "/etc/kubernetes/manifests/haproxy.yaml",
    mode: 0o644,
    at: "1:1",
    bad: haproxyPod,
    good: replaceOnce(haproxyPod, "kind: Pod", "kind: Node"),
  },
  haproxy("PD09", "7:16", ["hostNetwork: true", "hostNetwork: false"]),
  haproxy("PD09", "5:14", ["namespace: kube-system", "namespace: default"]),
  haproxy("PD09", "5:14", ["namespace: kube-system", "namespace: balancers"]),
  haproxy("PD09", "6:1", ["spec:\n", "status:\n"]),
  haproxy("PD10", "9:13", ["priority: 2000001000", "priority: 1000"]),
  haproxy("PD10", "8:22", ["priority: 2000001000", "overhead: 2000001000"]),
  haproxy("PD10", "9:13", ["priorityClassName:", "runtimeClassName:"]),
  {
    rule: "PD11",
    file: `${manifests}/etcd.yaml`,
    at: "1:1",
    ...swap(etcdPod, "name: etcd\n  namespace", "name: haproxy\n  namespace"),
  },
  haproxy("PD12", "37:15", ["type: File\n", "type: FileOrCreate\n"]),
  haproxy("PD12", "35:7", ["type: File\n", "readOnly: File\n"]),
];

type Change = readonly [from: string, to: string];

function haproxy(rule: string, at: string, [from, to]: Change): Pair {
  return { rule, file: `${manifests}/haproxy.yaml`, at, ...swap(haproxyPod, from, to) };
}

function keepalived(rule: string, at: string, [from, to]: Change): Pair {
  return { rule, file: `${manifests}/keepalived.yaml`, at, ...swap(keepalivedPod, from, to) };
}
