import { parseKubernetesVersion } from "../../config/kubernetes-version.ts";
import { readPath } from "../../config/paths.ts";
import { vipRace } from "../../kubeadm/vip-race.ts";
import type { ClusterPicture, NodePicture } from "../../model/picture.ts";
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
  aliases: ["super-admin", "KV-ADMIN"],
  severity: "error",
  summary: "Only the founding node's kube-vip has super-admin.conf, since 1.29, and only until kubeadm init is done.",
  reason:
    "admin.conf gets its rights late in kubeadm init, which may need the virtual IP for that, and super-admin.conf exists on the founding node only: https://github.com/kube-vip/kube-vip/issues/684",
  remedy: `use ${adminKubeconfig}`,
  check: (kubeVip, context) => {
    const found = kubeVip.pod.isPod ? credentialOf(kubeVip) : undefined;
    if (found === undefined) return [];
    if (found.path === superAdminKubeconfig) return [misplaced(found.part, context) ?? bootstraps(found.part)];
    if (found.path !== adminKubeconfig) return [];
    return [(servesControlPlane(kubeVip) ? deadlock(found.part, context) : undefined) ?? administers(found.part)];
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
  if (!founds(node) && node !== firstOf(cluster))
    return hitAt(part, "super-admin.conf exists only on the node that founds the cluster, which is another one");
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

/** The node that founds the cluster; where no document says which, the first with kube-vip by name. */
function firstOf({ nodes }: ClusterPicture): NodePicture | undefined {
  const members = nodes.filter(({ pods }) => pods.flatMap(kubeVipsOf).length > 0);
  return nodes.find(founds) ?? members.toSorted((a, b) => (a.name < b.name ? -1 : 1))[0];
}

function bootstraps(part: YamlPart): Hit {
  return hitAt(part, "super-admin.conf may do everything, and is for the time of kubeadm init only", {
    severity: "info",
    remedy: `use ${adminKubeconfig} as soon as kubeadm init is done, and move super-admin.conf to a safe place`,
  });
}

// Ours has it too: a credential of its own can be made only when the cluster runs.
function administers(part: YamlPart): Hit {
  return hitAt(part, "kube-vip has the credential of the cluster's administrator, and needs little more than leases", {
    severity: "info",
    remedy: "leave it while the cluster is founded; a kubeconfig with rights to leases will do afterwards",
  });
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
