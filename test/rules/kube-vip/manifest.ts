import type { Pair } from "../pair.ts";
import { replaceOnce, swap } from "../swap.ts";

/** A static pod of kube-vip in which no rule finds an error or a warning. */
export const kubeVipManifest = `apiVersion: v1
kind: Pod
metadata:
  name: kube-vip
  namespace: kube-system
spec:
  hostNetwork: true
  priorityClassName: system-node-critical
  priority: 2000001000
  hostAliases:
    - { ip: 127.0.0.1 , hostnames: [ kubernetes ] }
  containers:
    - name: kube-vip
      image: ghcr.io/kube-vip/kube-vip:v1.2.3
      imagePullPolicy: IfNotPresent
      args: [ manager ]
      env:
        - { name: vip_arp , value: "true" }
        - { name: port , value: "6443" }
        - { name: vip_nodename , valueFrom: { fieldRef: { fieldPath: spec.nodeName } } }
        - { name: vip_interface , value: eth0 }
        - { name: vip_subnet , value: "32" }
        - { name: cp_enable , value: "true" }
        - { name: svc_enable , value: "false" }
        - { name: vip_leaderelection , value: "true" }
        - { name: vip_leaseduration , value: "15" }
        - { name: vip_renewdeadline , value: "10" }
        - { name: vip_retryperiod , value: "2" }
        - { name: address , value: 192.168.10.100 }
        - { name: prometheus_server , value: 127.0.0.1:2112 }
      securityContext:
        capabilities:
          add: [ NET_ADMIN , NET_RAW ]
          drop: [ ALL ]
      volumeMounts:
        - { name: kubeconfig , mountPath: /etc/kubernetes/admin.conf , readOnly: true }
  volumes:
    - name: kubeconfig
      hostPath:
        path: /etc/kubernetes/admin.conf
        type: File
`;

/** A pair of that pod and one in which a word is another one. */
export function changed(
  rule: string,
  at: string,
  change: Pick<Pair, "others" | "kubernetesVersion"> & {
    /** The word, with its surroundings where it stands more than once. */
    readonly from: string;
    readonly to: string;
    /** Made of the good text first, for both. */
    readonly also?: readonly (readonly [from: string, to: string])[];
  },
): Pair {
  const { from, to, also = [], ...rest } = change;
  const good = also.reduce((text, [before, after]) => replaceOnce(text, before, after), kubeVipManifest);
  return { rule, file: "cp1/etc/kubernetes/manifests/kube-vip.yaml", at, ...swap(good, from, to), ...rest };
}
