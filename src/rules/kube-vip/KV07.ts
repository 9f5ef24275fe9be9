import { addressBits, type AddressFamily } from "../../net/address.ts";
import { hitAt } from "../hit.ts";
import type { Hit } from "../rule.ts";
import { addressesOf, namesOf } from "./addresses.ts";
import { isBefore, type KubeVip, settingBool, settingPart, settingText } from "./instance.ts";
import { kubeVipRule } from "./kube-vip-rule.ts";

export const KV07 = kubeVipRule({
  id: "KV07",
  name: "subnet",
  severity: "error",
  summary: "vip_subnet has one mask for one family, or IPv4's and IPv6's in that order, and each fits.",
  reason:
    "the first mask is IPv4's and the second IPv6's whatever the order of the addresses, and a single one is used for both: https://github.com/kube-vip/kube-vip/blob/v1.2.3/pkg/vip/address.go",
  remedy: 'write "32" for IPv4, "128" for IPv6 and "32,128" for both',
  check: (kubeVip) => {
    const name = isBefore(kubeVip, "v0.9.0") ? "vip_cidr" : "vip_subnet";
    const text = settingText(kubeVip, name);
    const message = text === "" ? undefined : mistakeOf(kubeVip, text);
    return message === undefined ? [] : [hit(kubeVip, name, message)];
  },
});

function hit(kubeVip: KubeVip, name: string, message: string): Hit {
  return hitAt(settingPart(kubeVip, name), `${name} ${message}`);
}

function mistakeOf(kubeVip: KubeVip, text: string): string | undefined {
  const parts = text.split(",");
  if (parts.length > 2) return `has ${parts.length} parts, and there are two families`;
  if (parts.includes("auto")) return mistakeOfAuto(kubeVip);
  const wrong = parts.find((part) => !/^\d{1,3}$/.test(part));
  if (wrong !== undefined) return `has ${JSON.stringify(wrong)} for a mask, which is a number such as 32`;
  if (parts.length === 2 && settingBool(kubeVip, "vip_ddns") === true)
    return `is ${JSON.stringify(text)}, but DHCP needs one mask, since the family is not known yet`;
  const families = familiesOf(kubeVip);
  if (families.size === 0 && namesOf(kubeVip).length === 0) return undefined;
  return ([4, 6] as const)
    .filter((family) => families.has(family))
    .map((family) => misfit(parts, family))
    .find(Boolean);
}

function mistakeOfAuto(kubeVip: KubeVip): string | undefined {
  if (settingBool(kubeVip, "vip_arp") !== true) return "is auto, which works in ARP mode only";
  return settingText(kubeVip, "address") === ""
    ? undefined
    : "is auto, which works for services without an address only";
}

function familiesOf(kubeVip: KubeVip): ReadonlySet<AddressFamily> {
  return new Set(addressesOf(kubeVip).map(({ family }) => family));
}

function misfit(parts: readonly string[], family: AddressFamily): string | undefined {
  const mask = Number(family === 4 ? parts[0] : parts.at(-1));
  if (mask > addressBits(family))
    return `gives an IPv${family} address the mask ${mask}, and the longest is ${addressBits(family)}`;
  // Nobody's network is that large: it is IPv4's mask.
  if (family === 6 && mask <= 32) return `gives an IPv6 address IPv4's mask ${mask}`;
  return mask === 0 ? `gives an IPv${family} address the mask 0` : undefined;
}
