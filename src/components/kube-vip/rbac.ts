import type { V1ClusterRole, V1ClusterRoleBinding, V1PolicyRule, V1ServiceAccount } from "@kubernetes/client-node";

import { elects } from "./environment/election.ts";
import type { Member } from "./member.ts";

/** The rights of a kube-vip that runs as a DaemonSet: those of what it does, and no others. */
export function kubeVipRBAC(member: Member): readonly [V1ServiceAccount, V1ClusterRole, V1ClusterRoleBinding] {
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: serviceAccountName, namespace } },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name: roleName },
      rules: [...policyRules(member)],
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: "system:kube-vip-binding" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: roleName },
      subjects: [{ kind: "ServiceAccount", name: serviceAccountName, namespace }],
    },
  ];
}

export const serviceAccountName = "kube-vip";
const namespace = "kube-system";
const roleName = "system:kube-vip-role";

/**
 * The rules of kube-vip's own `manifest rbac`, each only with the feature whose calls need it; there
 * everything is granted to everybody. https://github.com/kube-vip/kube-vip/blob/v1.2.3/pkg/kubevip/config_generator.go
 */
function policyRules(member: Member): readonly V1PolicyRule[] {
  const { spec, job } = member;
  const { services } = job;
  const egress = services && spec.serviceLoadBalancer?.egress !== undefined;
  const leases = elects(member) || (services && spec.serviceLoadBalancer?.electionPerService === true);
  const nodes = nodeVerbs(member);
  return [
    ...(services
      ? [
          rule("", ["services/status"], ["update"]),
          rule("", ["services", "endpoints"], ["list", "get", "watch", "update"]),
        ]
      : []),
    ...(nodes.length > 0 ? [rule("", ["nodes"], nodes)] : []),
    ...(leases ? [rule("coordination.k8s.io", ["leases"], ["list", "get", "watch", "update", "create"])] : []),
    ...(services ? [rule("discovery.k8s.io", ["endpointslices"], ["list", "get", "watch", "update"])] : []),
    ...(egress ? [rule("", ["pods"], ["list"])] : []),
  ];
}

/** A routing table asks for its node's addresses, IPVS follows the API servers' nodes, a label is set. */
function nodeVerbs({ spec: { kubeVip }, job }: Member): string[] {
  if (!job.controlPlane) return [];
  const labels = kubeVip.nodeLabeling;
  return [
    ...(kubeVip.ipvs === undefined ? [] : ["list"]),
    ...(kubeVip.mode === "routing-table" || labels || kubeVip.ipvs !== undefined ? ["get"] : []),
    ...(kubeVip.ipvs === undefined ? [] : ["watch"]),
    ...(labels ? ["update", "patch"] : []),
  ];
}

function rule(apiGroup: string, resources: string[], verbs: string[]): V1PolicyRule {
  return { apiGroups: [apiGroup], resources, verbs };
}
