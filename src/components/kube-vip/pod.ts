import type { V1Pod } from "@kubernetes/client-node";

import type { ClusterSpec, NodeSpec } from "../../config/spec.ts";
import type { BootstrapRole } from "../../plan/plan.ts";
import { hostFile, staticPod } from "../../render/static-pod.ts";
import type { Comments } from "../../yaml/write.ts";
import { kubeVipEnvironment } from "./environment.ts";

/** Where the pod's own hosts file lies on the node. */
export const hostsPath = "/etc/kubeadm-ha/hosts";

/** The static pod of kube-vip for one node in one role. */
export function kubeVipPod(spec: ClusterSpec, node: NodeSpec, role: BootstrapRole): V1Pod {
  const { metricsAddress, hosts } = spec.kubeVip;
  return staticPod({
    name: "kube-vip",
    container: {
      image: spec.images.kubeVip,
      args: ["manager", ...(metricsAddress === "" ? ["--prometheusHTTPServer", ""] : [])],
      env: kubeVipEnvironment(spec, node),
      resources: { requests: { cpu: "10m", memory: "64Mi" } },
      securityContext: { capabilities: { add: ["NET_ADMIN", "NET_RAW"], drop: ["ALL"] } },
    },
    mounts: [
      hostFile("kubeconfig", kubeconfigPath(spec, role), "/etc/kubernetes/admin.conf"),
      ...(hosts === "file" ? [hostFile("hosts", hostsPath, "/etc/hosts")] : []),
    ],
    ...(hosts === "alias" ? { hostAliases: [{ hostnames: ["kubernetes"], ip: "127.0.0.1" }] } : {}),
  });
}

/** Why lines of the manifest are so, by their path. */
export function kubeVipPodComments(spec: ClusterSpec): Comments {
  return {
    "spec.containers[0].volumeMounts":
      "kube-vip uses the API server of its own node only if its kubeconfig is called admin.conf.",
    "spec.volumes[0].hostPath": kubeconfigComment(spec),
    ...(spec.kubeVip.hosts === "alias"
      ? { "spec.hostAliases": aliasComment }
      : {
          "spec.volumes[1].hostPath": `${aliasComment}\nA file, because older kubelets do not write hostAliases for static pods in time:\nhttps://github.com/kube-vip/kube-vip/issues/692`,
        }),
  };
}

const aliasComment = "kube-vip connects to the name kubernetes, which the API server's certificate carries.";

/**
 * Since 1.29 admin.conf has rights only after kubeadm has bound them, for which it may need the VIP:
 * https://github.com/kube-vip/kube-vip/issues/684. super-admin.conf exists on the first node only.
 */
function kubeconfigPath(spec: ClusterSpec, role: BootstrapRole): string {
  const superAdmin = role === "init" && spec.kubeVip.bootstrapCredential === "super-admin";
  return superAdmin ? "/etc/kubernetes/super-admin.conf" : "/etc/kubernetes/admin.conf";
}

/** The same in both roles, so that the move back to admin.conf changes nothing but the path. */
function kubeconfigComment(spec: ClusterSpec): string {
  const waits = "The kubelet waits until kubeadm has written the file.";
  return spec.kubeVip.bootstrapCredential === "super-admin"
    ? `${waits} On the node that founds the cluster it is\nsuper-admin.conf until finalize: admin.conf gets its rights late in kubeadm init, which may need\nthe VIP for that.`
    : waits;
}
