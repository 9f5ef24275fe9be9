import type { V1DaemonSet, V1NodeSelectorTerm, V1Toleration } from "@kubernetes/client-node";

import type { Job } from "./job.ts";
import type { Member } from "./member.ts";
import { kubeVipContainer } from "./pod.ts";
import { serviceAccountName } from "./rbac.ts";

/** kube-vip as a DaemonSet: on the control-plane nodes with the virtual IP, else on the workers. */
export function kubeVipDaemonSet(member: Member): V1DaemonSet {
  const labels = { "app.kubernetes.io/name": name };
  return {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name, namespace: "kube-system", labels },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName,
          hostNetwork: true,
          priorityClassName: "system-node-critical",
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: nodeSelectorTerms(member.job) },
            },
          },
          ...(member.job.controlPlane ? { tolerations } : {}),
          containers: [{ name: "kube-vip", imagePullPolicy: "IfNotPresent", ...kubeVipContainer(member) }],
        },
      },
    },
  };
}

const name = "kube-vip-ds";

/** The virtual IP must be there before the network of the pods is, and on nodes that take no other pods. */
const tolerations: V1Toleration[] = [
  { effect: "NoSchedule", operator: "Exists" },
  { effect: "NoExecute", operator: "Exists" },
];

// Terms are alternatives, expressions within one must all hold.
function nodeSelectorTerms({ controlPlane }: Job): V1NodeSelectorTerm[] {
  const keys = ["node-role.kubernetes.io/master", "node-role.kubernetes.io/control-plane"];
  return controlPlane
    ? keys.map((key) => ({ matchExpressions: [{ key, operator: "Exists" }] }))
    : [{ matchExpressions: keys.map((key) => ({ key, operator: "DoesNotExist" })) }];
}
