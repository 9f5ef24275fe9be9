import { mountOf } from "../../readers/pod.ts";
import { hitAt, hitAtKey } from "../hit.ts";
import type { Hit, RuleContext } from "../rule.ts";
import { addressEntries } from "./addresses.ts";
import { electsInEtcd, isBefore, type KubeVip, servesControlPlane, settingBool, settingText } from "./instance.ts";
import { adminKubeconfig } from "./kubeconfig.ts";
import { kubeVipRule } from "./kube-vip-rule.ts";

export const KV15 = kubeVipRule({
  id: "KV15",
  name: "host-name",
  severity: "warning",
  summary: "The name kubernetes leads kube-vip to the API server of its own node, or kubernetes_addr does.",
  reason:
    "with admin.conf kube-vip asks kubernetes:PORT, a name that no DNS has; below 1.32 the kubelet writes hostAliases of static pods too late: https://github.com/kube-vip/kube-vip/issues/692",
  remedy: "add hostAliases with 127.0.0.1 kubernetes",
  check: (kubeVip, context) => {
    // v0.3.8 and older ask the node's own name.
    if (!kubeVip.pod.isPod || !servesControlPlane(kubeVip) || isBefore(kubeVip, "v0.3.9")) return [];
    const usesName =
      mountOf(kubeVip.container, adminKubeconfig) !== undefined &&
      settingText(kubeVip, "kubernetes_addr") === "" &&
      settingBool(kubeVip, "cp_detect") !== true &&
      !electsInEtcd(kubeVip) &&
      kubeVip.isComplete;
    if (!usesName || mountOf(kubeVip.container, "/etc/hosts") !== undefined) return [];
    const hit = problemOf(kubeVip, context);
    return hit === undefined ? [] : [hit];
  },
});

function problemOf(kubeVip: KubeVip, { kubernetesMinor }: RuleContext): Hit | undefined {
  const aliases = kubeVip.pod.spec.at("hostAliases");
  const found = aliases.items().flatMap((alias) => {
    const name = alias
      .at("hostnames")
      .items()
      .find(({ text }) => text === "kubernetes");
    return name === undefined ? [] : [{ address: alias.at("ip") }];
  })[0];
  if (found === undefined)
    return hitAtKey(kubeVip.pod.spec, "nothing here says where the name kubernetes leads, which kube-vip asks");
  if (addressEntries(kubeVip).includes(found.address.text ?? ""))
    return hitAt(
      found.address,
      `the name kubernetes leads to ${found.address.text}, the virtual IP that kube-vip is to bring up`,
      {
        severity: "error",
        remedy: "use 127.0.0.1",
      },
    );
  // The kubelet waited for the node's addresses from 1.28 on: https://github.com/kubernetes/kubernetes/pull/126460
  return kubernetesMinor >= 28 && kubernetesMinor < 32
    ? hitAtKey(aliases, `a kubelet of 1.${kubernetesMinor} may write hostAliases too late for a static pod`, {
        remedy: "mount a hosts file at /etc/hosts, or set kubernetes_addr",
      })
    : undefined;
}
