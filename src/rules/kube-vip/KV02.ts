import type { EnvironmentEntry } from "../../readers/pod.ts";
import { hitAt } from "../hit.ts";
import type { Hit } from "../rule.ts";
import { isBefore, type KubeVip, servesControlPlane, settingText } from "./instance.ts";
import { kubeVipRule } from "./kube-vip-rule.ts";
import { renamedIn, type Renaming } from "./renamed.ts";

export const KV02 = kubeVipRule({
  id: "KV02",
  name: "renamed-variable",
  aliases: ["KV-OLD"],
  severity: "error",
  summary: "Variables have the names of the image's release: vip_subnet since v0.9.0, address, enable_endpoints.",
  reason:
    "the old name is ignored without a word, or about to be: https://github.com/kube-vip/kube-vip/releases/tag/v0.9.0",
  remedy: "use the new name",
  check: (kubeVip) => kubeVip.container.environment.flatMap((entry) => problemOf(kubeVip, entry) ?? []),
});

function problemOf(kubeVip: KubeVip, entry: EnvironmentEntry): Hit | undefined {
  const { name, part } = entry;
  const place = part.at("name");
  if (name === "vip_subnet" && isBefore(kubeVip, "v0.9.0") && settingText(kubeVip, "vip_cidr") === "")
    return hitAt(
      place,
      `kube-vip ${kubeVip.image.tag} takes the control plane's mask from vip_cidr, not from vip_subnet`,
      {
        remedy: "write vip_cidr, or use v0.9.0 or newer",
        severity: "warning",
      },
    );
  const renaming = renamedIn(kubeVip, name);
  if (renaming === undefined) return undefined;
  if (name === "enable_endpointslices")
    return hitAt(place, "enable_endpointslices is not read since v1.0.0, where EndpointSlices are the default", {
      remedy: "remove it; enable_endpoints=true brings the old behaviour back",
    });
  if (!renaming.isRead)
    return hitAt(place, `${name} is not read since ${renaming.since}, which calls it ${renaming.now}`, {
      remedy: `write ${renaming.now}`,
    });
  return stillRead(kubeVip, renaming, entry);
}

function stillRead(kubeVip: KubeVip, { name, now }: Renaming, { part }: EnvironmentEntry): Hit | undefined {
  const place = part.at("name");
  // The generator writes an empty vip_address beside the flag --ddns.
  if (settingText(kubeVip, name) === "") return undefined;
  const remedy = `write ${now}`;
  const refused =
    !isBefore(kubeVip, "v1.2.0") && servesControlPlane(kubeVip) && settingText(kubeVip, "vip_subnet") === "";
  return refused
    ? hitAt(place, `kube-vip does not start with ${name} and without vip_subnet since v1.2.0`, {
        remedy: `write ${now}, and set vip_subnet`,
      })
    : hitAt(place, `${name} is deprecated, its name is ${now}`, { remedy, severity: "warning" });
}
