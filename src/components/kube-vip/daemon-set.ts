import type { V1DaemonSet, V1PodSpec } from "@kubernetes/client-node";

import { controlPlaneLabels } from "../../config/distributions.ts";
import type { ClusterSpec } from "../../config/spec.ts";

import type { Member } from "./member.ts";
import { kubeVipContainer } from "./pod.ts";
import { serviceAccountName } from "./rbac.ts";

/** kube-vip as a DaemonSet: on the control-plane nodes with the virtual IP, else on every node that takes pods. */
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
          ...(member.job.controlPlane ? onControlPlane(member.spec) : {}),
          containers: [{ name: "kube-vip", imagePullPolicy: "IfNotPresent", ...kubeVipContainer(member) }],
        },
      },
    },
  };
}

const name = "kube-vip-ds";

/** The virtual IP must be there before the network of the pods is, and on nodes that take no other pods. */
function onControlPlane({ distribution }: ClusterSpec): Pick<V1PodSpec, "affinity" | "tolerations"> {
  const nodeSelectorTerms = controlPlaneLabels(distribution).map((key) => ({
    matchExpressions: [{ key, operator: "Exists" }],
  }));
  return {
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
    tolerations: [
      { effect: "NoSchedule", operator: "Exists" },
      { effect: "NoExecute", operator: "Exists" },
    ],
  };
}
