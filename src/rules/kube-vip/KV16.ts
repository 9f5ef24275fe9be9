import { controlPlanesOf } from "../control-planes.ts";
import { parseAddress, unusableReason } from "../../net/address.ts";
import { hitAt } from "../hit.ts";
import type { Hit, RuleContext } from "../rule.ts";
import { addressEntries, addressName, isDNSName, namesOf } from "./addresses.ts";
import {
  isBefore,
  isReference,
  type KubeVip,
  servesControlPlane,
  settingBool,
  settingNumber,
  settingPart,
  settingText,
} from "./instance.ts";
import { kubeVipRule } from "./kube-vip-rule.ts";

export const KV16 = kubeVipRule({
  id: "KV16",
  name: "address",
  severity: "error",
  summary: "address is the virtual IP, or a name with vip_subnet, and port is the API server's.",
  reason:
    "without an address kube-vip has nothing to hold; a name without a mask must resolve when it starts; port is where it finds the API server of its node: https://github.com/kube-vip/kube-vip/issues/1248",
  remedy: "set address to the virtual IP",
  check: (kubeVip, context) =>
    servesControlPlane(kubeVip) && kubeVip.isComplete
      ? [...addressProblems(kubeVip), ...portProblems(kubeVip, context)]
      : [],
});

function addressProblems(kubeVip: KubeVip): readonly Hit[] {
  const name = addressName(kubeVip);
  const part = settingPart(kubeVip, name);
  if (isReference(kubeVip, name)) return [];
  const entries = addressEntries(kubeVip);
  if (entries.length === 0) return [hitAt(part, "the control plane has no address")];
  const mistake = entries.flatMap((entry) => mistakeOf(entry) ?? [])[0];
  if (mistake !== undefined) return [hitAt(part, mistake)];
  const [dnsName] = namesOf(kubeVip);
  const mask = isBefore(kubeVip, "v0.9.0") ? "vip_cidr" : "vip_subnet";
  return dnsName !== undefined &&
    settingText(kubeVip, mask) === "" &&
    !isReference(kubeVip, mask) &&
    settingBool(kubeVip, "vip_ddns") !== true
    ? [
        hitAt(part, `${dnsName} is a name without ${mask}, so it must resolve before kube-vip starts`, {
          remedy: `set ${mask}: "32" for IPv4, "128" for IPv6`,
        }),
      ]
    : [];
}

function mistakeOf(entry: string): string | undefined {
  const address = parseAddress(entry);
  if (address === undefined)
    return isDNSName(entry) ? undefined : `${JSON.stringify(entry)} is neither an IP address nor a name`;
  const reason = unusableReason(address);
  return reason === undefined ? undefined : `${entry} ${reason}`;
}

function portProblems(kubeVip: KubeVip, { node }: RuleContext): readonly Hit[] {
  const [apiServer] = controlPlanesOf(node);
  const port = settingNumber(kubeVip, "port") ?? 6443;
  if (isReference(kubeVip, "port")) return [];
  return apiServer === undefined || apiServer.port === port || settingText(kubeVip, "kubernetes_addr") !== ""
    ? []
    : [
        hitAt(settingPart(kubeVip, "port"), `port ${port} is not that of this node's API server, ${apiServer.port}`, {
          remedy: `set port to "${apiServer.port}"`,
        }),
      ];
}
