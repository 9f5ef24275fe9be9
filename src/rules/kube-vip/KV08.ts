import { mountOf } from "../../readers/pod.ts";
import { hitAt } from "../hit.ts";
import { addressesOf, namesOf } from "./addresses.ts";
import {
  electsInEtcd,
  isBefore,
  isBetween,
  type KubeVip,
  servesControlPlane,
  settingBool,
  settingText,
} from "./instance.ts";
import { adminKubeconfig } from "./kubeconfig.ts";
import { kubeVipRule } from "./kube-vip-rule.ts";

export const KV08 = kubeVipRule({
  id: "KV08",
  name: "bad-version",
  aliases: ["KV-BAD-1.2.2"],
  severity: "error",
  summary: "The image is none of a release that is known to fail with these settings.",
  reason:
    "v1.2.2 takes the API server's address from admin.conf, which is the virtual IP itself, so a failover never ends (https://github.com/kube-vip/kube-vip/issues/1654); others fail in modes of their own",
  remedy: "use v1.2.1 or v1.2.3",
  check: (kubeVip) =>
    knownFailures
      .filter(({ applies }) => applies(kubeVip))
      .slice(0, 1)
      .map(({ message, remedy }) => hitAt(kubeVip.container.image, message, { remedy })),
});

interface KnownFailure {
  readonly message: string;
  readonly remedy: string;
  applies(kubeVip: KubeVip): boolean;
}

const knownFailures: readonly KnownFailure[] = [
  {
    message: "v1.2.2 asks the API server that admin.conf names, which is the virtual IP it is to bring up",
    remedy: "use v1.2.1 or v1.2.3, or set kubernetes_addr",
    applies: (kubeVip) =>
      isBetween(kubeVip, "v1.2.2", "v1.2.2") &&
      servesControlPlane(kubeVip) &&
      mountOf(kubeVip.container, adminKubeconfig) !== undefined &&
      settingText(kubeVip, "kubernetes_addr") === "",
  },
  {
    message: "v1.2.2 loses an address that is given as a name after a minute (kube-vip#1655)",
    remedy: "use v1.2.3",
    applies: (kubeVip) => isBetween(kubeVip, "v1.2.2", "v1.2.2") && namesOf(kubeVip).length > 0,
  },
  {
    message: "v1.2.0 can stop electing for good when it elects in etcd (kube-vip#1597)",
    remedy: "use v1.2.1 or newer",
    applies: (kubeVip) => isBetween(kubeVip, "v1.2.0", "v1.2.0") && electsInEtcd(kubeVip),
  },
  {
    message: "v0.8.4 crashes as a static pod with two families (kube-vip#971)",
    remedy: "use v0.8.5 or newer",
    applies: (kubeVip) =>
      kubeVip.pod.isPod &&
      isBetween(kubeVip, "v0.8.4", "v0.8.4") &&
      new Set(addressesOf(kubeVip).map(({ family }) => family)).size > 1,
  },
  {
    message: "dynamic DNS is broken in v0.7 (kube-vip#794)",
    remedy: "use v0.8.0 or newer",
    applies: (kubeVip) => isBetween(kubeVip, "v0.7.0", "v0.7.99") && settingBool(kubeVip, "vip_ddns") === true,
  },
  {
    message: "masquerade needs iptables before v1.2.2, and this image has none (kube-vip#1065)",
    remedy: "use kube-vip-iptables, or v1.2.3",
    applies: (kubeVip) =>
      !isBefore(kubeVip, "v0.8.0") &&
      isBefore(kubeVip, "v1.2.2") &&
      settingBool(kubeVip, "lb_enable") === true &&
      settingText(kubeVip, "lb_fwdmethod") === "masquerade" &&
      !kubeVip.image.program.includes("iptables"),
  },
];
