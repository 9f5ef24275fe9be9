import { type Address, parseAddress } from "../../net/address.ts";
import { type KubeVip, settingText } from "./instance.ts";

/** The name of the variable with the address; `vip_address` where only that is set. */
export function addressName(kubeVip: KubeVip): "address" | "vip_address" {
  return settingText(kubeVip, "address") === "" && settingText(kubeVip, "vip_address") !== ""
    ? "vip_address"
    : "address";
}

/** The entries of the address: IP addresses or names. */
export function addressEntries(kubeVip: KubeVip): readonly string[] {
  return settingText(kubeVip, addressName(kubeVip))
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

/** Those entries that are IP addresses. */
export function addressesOf(kubeVip: KubeVip): readonly Address[] {
  return addressEntries(kubeVip).flatMap((entry) => parseAddress(entry) ?? []);
}

/** Those entries that are names in the DNS. */
export function namesOf(kubeVip: KubeVip): readonly string[] {
  return addressEntries(kubeVip).filter((entry) => parseAddress(entry) === undefined && isDNSName(entry));
}

/** Whether a text could be a name in the DNS; one that ends in a number is an address gone wrong. */
export function isDNSName(text: string): boolean {
  const labels = text.replace(/\.$/, "").split(".");
  return (
    text.length <= 253 &&
    labels.every((label) => /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i.test(label)) &&
    !/^\d+$/.test(labels.at(-1) ?? "")
  );
}
