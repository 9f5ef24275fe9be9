import { ownTargets, type PatchTarget } from "../patches.ts";
import type { Rule } from "../rule.ts";
import { type ClusterSpec, runsOnHosts } from "../spec.ts";

/** What is patched is there. */
export const patchTarget: Rule = {
  id: "patch-target",
  summary: "Patches for our manifests are for static pods that this cluster has.",
  reason: "what runs as a service or in a DaemonSet has no static pod: such a patch silently does not hold",
  check: (spec) =>
    spec.patches
      .filter(({ target }) => isOurs(target) && !hasStaticPod(spec, target))
      .map(({ name, target }) => ({
        severity: "warning",
        path: "(patches)",
        message: `has no effect: this cluster has no static pod ${target}`,
        remedy: "remove the file, or rename it to that of another target",
        position: { file: name, line: 1, column: 1 },
      })),
};

function isOurs(target: PatchTarget): target is (typeof ownTargets)[number] {
  return ownTargets.some((own) => own === target);
}

function hasStaticPod(spec: ClusterSpec, target: (typeof ownTargets)[number]): boolean {
  const { virtualIP, loadBalancer, deployAs, serviceLoadBalancer, workerProxy } = spec;
  if (target === "kubeadm-ha-proxy") return workerProxy !== undefined;
  if (target === "kube-vip")
    return (
      (virtualIP.provider === "kube-vip" && deployAs === "static-pod") || serviceLoadBalancer?.deployAs === "static-pod"
    );
  return !runsOnHosts(spec) && (virtualIP.provider === target || loadBalancer.provider === target);
}
