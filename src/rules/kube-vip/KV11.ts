import { capabilities, type Container, hasCapability } from "../../readers/pod.ts";
import type { YamlPart } from "../../readers/yaml-part.ts";
import { hitAt } from "../hit.ts";
import type { Hit } from "../rule.ts";
import { type KubeVip, settingBool, settingText } from "./instance.ts";
import { kubeVipRule } from "./kube-vip-rule.ts";

export const KV11 = kubeVipRule({
  id: "KV11",
  name: "capabilities",
  aliases: ["KV-SYSTIME"],
  severity: "warning",
  summary: "kube-vip has NET_ADMIN and NET_RAW, nothing else, and is not privileged without need.",
  reason:
    "it sets addresses and sends ARP packets, no more; masquerade writes sysctls too: https://github.com/kube-vip/kube-vip/blob/v1.2.3/pkg/kubevip/config_generator.go",
  remedy: "add NET_ADMIN and NET_RAW, and drop ALL",
  check: (kubeVip) => (isPrivileged(kubeVip) ? privilegeProblems(kubeVip) : capabilityProblems(kubeVip)),
});

function isPrivileged({ container }: KubeVip): boolean {
  return container.securityContext.at("privileged").value === true;
}

function masquerades(kubeVip: KubeVip): boolean {
  return settingBool(kubeVip, "lb_enable") === true && settingText(kubeVip, "lb_fwdmethod") === "masquerade";
}

function privilegeProblems(kubeVip: KubeVip): readonly Hit[] {
  if (masquerades(kubeVip) || settingText(kubeVip, "egress_podcidr") !== "") return [];
  return [
    hitAt(kubeVip.container.securityContext.at("privileged"), "kube-vip is privileged, which only masquerade needs", {
      remedy: "remove privileged, add NET_ADMIN and NET_RAW, and drop ALL",
    }),
  ];
}

function capabilityProblems(kubeVip: KubeVip): readonly Hit[] {
  const { container } = kubeVip;
  const missing = ["NET_ADMIN", "NET_RAW"].filter((name) => !hasCapability(container, "add", name));
  const lacks = [
    ...(masquerades(kubeVip) ? ["privileged: true, which masquerade writes sysctls with"] : []),
    ...missing,
    ...(hasCapability(container, "drop", "ALL") ? [] : ["drop: [ALL]"]),
  ];
  return [
    ...(lacks.length === 0 ? [] : [hitAt(placeOf(container), `kube-vip lacks ${lacks.join(" and ")}`)]),
    ...capabilities(container, "add")
      .filter(({ text }) => text !== undefined && !useful.test(text))
      .map((part) => hitAt(part, `kube-vip has no use for ${part.text}`, { remedy: `remove ${part.text}` })),
  ];
}

function placeOf({ part, securityContext }: Container): YamlPart {
  const place = [securityContext.at("capabilities"), securityContext].find(({ exists }) => exists) ?? part.at("name");
  return { ...place, position: place.keyPosition };
}

const useful = /^(?:CAP_)?(?:NET_ADMIN|NET_RAW|NET_BIND_SERVICE|SYS_MODULE)$/i;
