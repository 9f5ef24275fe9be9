import type { ClusterSpec, NodeSpec } from "../../config/spec.ts";
import type { PlannedFile } from "../../plan/plan.ts";
import type { Component } from "../component.ts";
import { foundersFile, objectsPath, objectsText } from "../planned-file.ts";
import { cloudProviderConfigMap } from "./config-map.ts";
import { cloudProviderObjects } from "./objects.ts";

/** kube-vip-cloud-provider: hands addresses of the pools out to LoadBalancer services. */
export const kubeVipCloudProvider: Component = {
  name: "kube-vip-cloud-provider",
  summary: "gives every LoadBalancer service an address of a pool",
  place: "control-plane",
  appliesTo: (spec) => spec.serviceLoadBalancer?.cloudProvider === true,
  files,
  images: (spec) => [spec.images.kubeVipCloudProvider],
  ports: () => [],
  kernel: [],
  programs: [],
  packages: [],
  kubeadm: () => ({ certSANs: [] }),
  reload: () => "apply the changed file again; addresses that services have stay",
  runbook: (spec) => ({
    checks: [
      {
        command: `kubectl --kubeconfig ${spec.kubeconfigPath} get services --all-namespaces --field-selector spec.type=LoadBalancer`,
        reason: "every service of this type has an address below EXTERNAL-IP",
      },
    ],
    limits: ["A service that names its address by annotation gets it, whether a pool has it or not."],
    toApply: [
      {
        path: objectsPath(spec, "kube-vip-cloud-provider"),
        reason: "hands out the addresses of LoadBalancer services",
        first: false,
      },
    ],
  }),
};

function files(spec: ClusterSpec, node: NodeSpec): readonly PlannedFile[] {
  const place = { path: objectsPath(spec, "kube-vip-cloud-provider"), mode: 0o600, phase: "virtual-ip" } as const;
  const { configMap, comments } = cloudProviderConfigMap(spec);
  return node.role === "control-plane"
    ? [foundersFile(node, place, () => objectsText([configMap, ...cloudProviderObjects(spec)], comments))]
    : [];
}
