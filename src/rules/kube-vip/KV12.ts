import { type Mount, mountOf } from "../../readers/pod.ts";
import { hitAt } from "../hit.ts";
import type { Hit } from "../rule.ts";
import { electsInEtcd, isBefore, type KubeVip, servesControlPlane, settingPart, settingText } from "./instance.ts";
import { adminKubeconfig } from "./kubeconfig.ts";
import { kubeVipRule } from "./kube-vip-rule.ts";

export const KV12 = kubeVipRule({
  id: "KV12",
  name: "kubeconfig-path",
  aliases: ["KV-KUBECONFIG-PATH"],
  severity: "warning",
  summary: "A static pod of kube-vip sees its kubeconfig as /etc/kubernetes/admin.conf, whatever the file on the host.",
  reason:
    "only with that name does it ask the API server of its own node, and not the virtual IP that the file names: https://github.com/kube-vip/kube-vip/blob/v1.2.3/pkg/manager/manager.go",
  remedy: "mount it at /etc/kubernetes/admin.conf",
  check: (kubeVip) => {
    if (!kubeVip.pod.isPod || electsInEtcd(kubeVip)) return [];
    const named = settingText(kubeVip, "k8s_config_file");
    if (named !== "" && named !== adminKubeconfig) return problemOfNamed(kubeVip, named);
    return mountOf(kubeVip.container, adminKubeconfig) === undefined && kubeVip.isComplete
      ? problemOfMissing(kubeVip)
      : [];
  },
});

function problemOfNamed(kubeVip: KubeVip, path: string): readonly Hit[] {
  const part = settingPart(kubeVip, "k8s_config_file");
  if (isBefore(kubeVip, "v1.2.2"))
    return mountOf(kubeVip.container, adminKubeconfig) === undefined
      ? [
          hitAt(
            part,
            `kube-vip ${kubeVip.image.tag} reads no kubeconfig at ${path}: only its generator knows k8s_config_file`,
          ),
        ]
      : [];
  if (mountOf(kubeVip.container, path) === undefined) return [hitAt(part, `nothing is mounted at ${path}`)];
  return servesControlPlane(kubeVip) && settingText(kubeVip, "kubernetes_addr") === ""
    ? [
        hitAt(part, `kube-vip asks the server that ${path} names, which must not be the virtual IP`, {
          remedy: "set kubernetes_addr, or mount it at /etc/kubernetes/admin.conf",
        }),
      ]
    : [];
}

function problemOfMissing(kubeVip: KubeVip): readonly Hit[] {
  const { container } = kubeVip;
  const elsewhere = container.mounts.find(isKubeconfig);
  if (elsewhere !== undefined)
    return [
      hitAt(
        elsewhere.part.at("mountPath"),
        `kube-vip looks for its kubeconfig at ${adminKubeconfig}, and it is mounted at ${elsewhere.path}`,
      ),
    ];
  const mounts = container.part.at("volumeMounts");
  return [
    hitAt(
      mounts.exists ? { ...mounts, position: mounts.keyPosition } : mounts,
      "no kubeconfig is mounted, and a static pod has no service account",
      {
        severity: "error",
        remedy: `mount the node's ${adminKubeconfig}`,
      },
    ),
  ];
}

function isKubeconfig({ path, volume }: Mount): boolean {
  return (
    /(?:kubeconfig|kube\/config|\.conf)$/.test(path) ||
    /(?:admin|kubelet)\.conf$/.test(volume?.hostPath?.at("path").text ?? "")
  );
}
