import type { V1ClusterRole, V1ClusterRoleBinding, V1Deployment, V1ServiceAccount } from "@kubernetes/client-node";

import { controlPlaneLabels } from "../../config/distributions.ts";
import type { ClusterSpec } from "../../config/spec.ts";

/** The program with its rights: https://github.com/kube-vip/kube-vip-cloud-provider/blob/v0.0.12/manifest/kube-vip-cloud-controller.yaml */
export function cloudProviderObjects(
  spec: ClusterSpec,
): readonly [V1ServiceAccount, V1ClusterRole, V1ClusterRoleBinding, V1Deployment] {
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: accountName, namespace } },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name: roleName },
      rules: [
        { apiGroups: ["coordination.k8s.io"], resources: ["leases"], verbs: ["get", "create", "update", "list"] },
        { apiGroups: [""], resources: ["configmaps", "endpoints", "events", "services/status"], verbs: ["*"] },
        { apiGroups: [""], resources: ["nodes", "services"], verbs: ["list", "get", "watch", "update"] },
      ],
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: "system:kube-vip-cloud-controller-binding" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: roleName },
      subjects: [{ kind: "ServiceAccount", name: accountName, namespace }],
    },
    deployment(spec),
  ];
}

const namespace = "kube-system";
const accountName = "kube-vip-cloud-controller";
const roleName = "system:kube-vip-cloud-controller-role";

function deployment({ images, serviceLoadBalancer, distribution }: ClusterSpec): V1Deployment {
  const labels = { app: "kube-vip", component: "kube-vip-cloud-provider" };
  const taints = controlPlaneLabels(distribution);
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "kube-vip-cloud-provider", namespace },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: accountName,
          tolerations: taints.map((key) => ({ key, effect: "NoSchedule", operator: "Exists" })),
          affinity: {
            nodeAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: taints.map((key) => ({
                weight: 10,
                preference: { matchExpressions: [{ key, operator: "Exists" }] },
              })),
            },
          },
          containers: [
            {
              name: "kube-vip-cloud-provider",
              image: images.kubeVipCloudProvider,
              imagePullPolicy: "IfNotPresent",
              command: ["/kube-vip-cloud-provider", "--leader-elect-resource-name=kube-vip-cloud-controller"],
              ...(serviceLoadBalancer?.class === undefined ? {} : { env: classEnvironment(serviceLoadBalancer.class) }),
            },
          ],
        },
      },
    },
  };
}

function classEnvironment(name: string): { name: string; value: string }[] {
  return [
    { name: "KUBEVIP_ENABLE_LOADBALANCERCLASS", value: "true" },
    { name: "KUBEVIP_CUSTOM_LOADBALANCERCLASS_NAME", value: name },
  ];
}
