import { kubeVipManifest } from "../kube-vip/manifest.ts";
import type { Pair } from "../pair.ts";
import { swap } from "../swap.ts";

const path = "etc/kubernetes/manifests/kube-vip.yaml";

export const pairs: readonly Pair[] = [
  {
    rule: "CL06",
    file: `cp2/${path}`,
    at: "14:14",
    ...swap(kubeVipManifest, "kube-vip:v1.2.3", "kube-vip:v1.2.1"),
    others: [{ path: `cp1/${path}`, text: kubeVipManifest }],
  },
];
