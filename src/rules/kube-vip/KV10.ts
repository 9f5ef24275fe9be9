import { parseKubernetesVersion } from "../../config/kubernetes-version.ts";
import { readPath } from "../../config/paths.ts";
import { vipRace } from "../../kubeadm/vip-race.ts";
import type { NodePicture } from "../../model/picture.ts";
import { mountOf } from "../../readers/pod.ts";
import type { YamlPart } from "../../readers/yaml-part.ts";
import { hitAt } from "../hit.ts";
import type { Hit, RuleContext } from "../rule.ts";
import { type KubeVip, kubeVipsOf, servesControlPlane } from "./instance.ts";
import { adminKubeconfig, superAdminKubeconfig } from "./kubeconfig.ts";
import { kubeVipRule } from "./kube-vip-rule.ts";

export const KV10 = kubeVipRule({
  id: "KV10",
  name: "bootstrap-credential",
  aliases: ["super-admin"],
  severity: "error",
  summary: "Only the founding node's kube-vip has super-admin.conf, since 1.29, and only until kubeadm init is done.",
  reason:
    "admin.conf gets its rights late in kubeadm init, which may need the virtual IP for that, and super-admin.conf exists on the founding node only: https://github.com/kube-vip/kube-vip/issues/684",
  remedy: `use ${adminKubeconfig}`,
  check: (kubeVip, context) => {
    const found = kubeVip.pod.isPod ? credentialOf(kubeVip) : undefined;
    if (found === undefined) return [];
    const hit =
      found.path === superAdminKubeconfig
        ? misplaced(found.part, context)
        : found.path === adminKubeconfig && servesControlPlane(kubeVip)
          ? deadlock(found.part, context)
          : undefined;
    return hit === undefined ? [] : [hit];
  },
});

function credentialOf({ container }: KubeVip): { readonly path: string; readonly part: YamlPart } | undefined {
  const found = mountOf(container, adminKubeconfig) ?? mountOf(container, superAdminKubeconfig);
  const part = found?.mount.volume?.hostPath?.at("path");
  return found?.hostPath === undefined || part === undefined ? undefined : { path: found.hostPath, part };
}

function misplaced(
  part: YamlPart,
  { node, cluster, kubernetesMinor, kubernetesVersion }: RuleContext,
): Hit | undefined {
  if (kubernetesMinor < 29)
    return hitAt(part, `there is no super-admin.conf in ${kubernetesVersion}: kubeadm writes it since v1.29`);
  if (joins(node))
    return hitAt(part, "this node joins, and super-admin.conf exists only where the cluster was founded");
  const [first, ...others] = cluster.nodes.filter(usesSuperAdmin);
  if (others.length > 0 && !founds(node) && (node !== first || cluster.nodes.some(founds)))
    return hitAt(
      part,
      `${others.length + 1} nodes mount super-admin.conf, and only the one that founds the cluster has it`,
    );
  return isInitialised(node)
    ? hitAt(part, "kubeadm init is done here, and super-admin.conf is to be moved away then", { severity: "warning" })
    : undefined;
}

function deadlock(part: YamlPart, { node, cluster, kubernetesMinor, kubernetesVersion }: RuleContext): Hit | undefined {
  if (kubernetesMinor < 29 || !founds(node) || isInitialised(node)) return undefined;
  const version = parseKubernetesVersion(kubernetesVersion);
  const hasEndpoint = cluster.nodes.some(({ kubeadm }) =>
    kubeadm.some(({ value }) => readPath(value, ["controlPlaneEndpoint"]) !== undefined),
  );
  if (version === undefined || !hasEndpoint || vipRace(version) === "not-needed") return undefined;
  return hitAt(part, `admin.conf has no rights yet when kubeadm init of ${kubernetesVersion} needs the virtual IP`, {
    remedy: `use ${superAdminKubeconfig} on this node until kubeadm init is done`,
  });
}

function usesSuperAdmin({ pods }: NodePicture): boolean {
  return pods.flatMap(kubeVipsOf).some((kubeVip) => credentialOf(kubeVip)?.path === superAdminKubeconfig);
}

function founds({ kubeadm }: NodePicture): boolean {
  return kubeadm.some(({ kind }) => kind === "InitConfiguration" || kind === "ClusterConfiguration");
}

function joins(node: NodePicture): boolean {
  return !founds(node) && node.kubeadm.some(({ kind }) => kind === "JoinConfiguration");
}

function isInitialised({ paths }: NodePicture): boolean {
  return [adminKubeconfig, "/etc/kubernetes/kubelet.conf", "/etc/kubernetes/manifests/kube-apiserver.yaml"].some(
    (path) => paths.has(path),
  );
}
