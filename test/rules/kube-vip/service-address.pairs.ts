import type { Pair } from "../pair.ts";
import { kubeVipManifest } from "./manifest.ts";

const others = [{ path: "etc/kubernetes/manifests/kube-vip.yaml", text: kubeVipManifest }];
const service = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  loadBalancerIP: 192.168.10.101
`;
const annotated = `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    kube-vip.io/loadbalancerIPs: 192.168.10.101,fd00::1
spec:
  type: LoadBalancer
`;
const pools = `apiVersion: v1
kind: ConfigMap
metadata:
  name: kubevip
  namespace: kube-system
data:
  range-global: 192.168.10.110-192.168.10.120
`;
const metalLB = `apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata:
  name: first
spec:
  addresses:
    - 192.168.11.0/24
`;

// Nobody reads it there; what is meant is clear.
const misplaced = `apiVersion: v1
kind: Service
metadata:
  name: web
remark: 192.168.10.100
spec:
  type: LoadBalancer
`;

export const pairs: readonly Pair[] = [
  pair("7:19", service, ["192.168.10.101", "192.168.10.100"]),
  pair("6:34", annotated, ["192.168.10.101,", "192.168.10.100,"]),
  pair("7:17", pools, ["192.168.10.110-", "192.168.10.100-"]),
  pair("7:7", metalLB, ["192.168.11.0/24", "192.168.10.0/24"]),
  pair("5:17", misplaced, ["remark:", "loadBalancerIP:"]),
];

function pair(at: string, good: string, [from, to]: readonly [string, string]): Pair {
  return { rule: "KV19", file: "etc/kubernetes/web.yaml", at, good, bad: good.replace(from, to), others };
}
