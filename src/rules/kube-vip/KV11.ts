import { capabilities, hasCapability } from "../../readers/pod.ts";
import { hitAt } from "../hit.ts";
import type { Hit } from "../rule.ts";
import { type KubeVip, settingBool, settingText } from "./instance.ts";
import { kubeVipRule } from "./kube-vip-rule.ts";

export const KV11 = kubeVipRule({
  id: "KV11",
  name: "capabilities",
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
  const place = container.securityContext.at("capabilities");
  const missing = ["NET_ADMIN", "NET_RAW"].filter((name) => lacks(kubeVip, name));
  return [
    ...(masquerades(kubeVip)
      ? [
          hitAt(
            container.securityContext.at("privileged"),
            "masquerade needs privileged: true, which it writes sysctls with",
            {
              severity: "error",
              remedy: "set privileged: true",
            },
          ),
        ]
      : []),
    ...(missing.length === 0 ? [] : [missingHit(kubeVip, missing)]),
    ...capabilities(container, "add")
      .filter(({ text }) => text !== undefined && !useful.test(text.toUpperCase()))
      .map((part) => hitAt(part, `kube-vip has no use for ${part.text}`, { remedy: `remove ${part.text}` })),
    ...(hasCapability(container, "drop", "ALL")
      ? []
      : [
          hitAt(
            place.exists ? { ...place, position: place.keyPosition } : place,
            "the runtime's default capabilities are not dropped",
            {
              remedy: "add drop: [ALL]",
            },
          ),
        ]),
  ];
}

// The runtimes' defaults hold NET_RAW but for CRI-O's, and NET_ADMIN nowhere.
function lacks({ container }: KubeVip, name: string): boolean {
  return !hasCapability(container, "add", name);
}

function missingHit({ container }: KubeVip, missing: readonly string[]): Hit {
  const add = container.securityContext.at("capabilities", "add");
  const needed = missing.includes("NET_ADMIN") || hasCapability(container, "drop", "ALL");
  return hitAt(add.exists ? { ...add, position: add.keyPosition } : add, `kube-vip lacks ${missing.join(" and ")}`, {
    severity: needed ? "error" : "warning",
    remedy: `add ${missing.join(" and ")}`,
  });
}

const useful = /^(?:CAP_)?(?:NET_ADMIN|NET_RAW|NET_BIND_SERVICE|SYS_MODULE)$/;
