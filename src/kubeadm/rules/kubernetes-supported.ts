import { newestMinor, oldestMinor } from "../../config/kubernetes-behaviour.ts";
import type { Rule } from "../../config/rule.ts";

/** What we know of kubeadm ends somewhere. */
export const kubernetesSupported: Rule = {
  id: "kubernetes-supported",
  summary: `Kubernetes is v1.${oldestMinor} to v1.${newestMinor}.`,
  reason: "kubeadm's configuration format and behaviour change with the minor release",
  check: ({ kubernetesVersion: { minor, text } }) => {
    if (minor < oldestMinor)
      return [
        {
          severity: "error",
          path: "kubernetesVersion",
          message: `${text} is older than v1.${oldestMinor}`,
          remedy: `use v1.${oldestMinor} or newer`,
        },
      ];
    if (minor > newestMinor)
      return [
        {
          severity: "warning",
          path: "kubernetesVersion",
          message: `${text} is newer than this program knows; it is treated as v1.${newestMinor}`,
          remedy: "look for a newer kubeadm-ha, and try the result first",
        },
      ];
    return [];
  },
};
