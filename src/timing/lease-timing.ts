import type { ClusterPicture } from "../model/picture.ts";
import {
  type KubeVip,
  kubeVipsOf,
  servesControlPlane,
  settingBool,
  settingNumber,
  settingPart,
} from "../rules/kube-vip/instance.ts";
import { setting, type Setting } from "./setting.ts";

/** kube-vip's election as far as it decides about time: a lease in the Kubernetes API. */
export interface LeaseTiming {
  readonly kind: "lease";
  /** Seconds for which nobody else may take a lease that is not renewed. */
  readonly duration: Setting;
  /** Seconds after which a holder that cannot renew gives up. */
  readonly renew: Setting;
  /** Seconds between two attempts. */
  readonly retry: Setting;
  /** Whether an IPv4 address stays when the lease is lost. */
  readonly preserves: boolean;
}

/** Every kube-vip that holds the address of a control plane. */
export function controlPlaneKubeVips({ nodes }: ClusterPicture): readonly KubeVip[] {
  return nodes
    .flatMap(({ pods, objects }) => [...pods, ...objects])
    .flatMap(kubeVipsOf)
    .filter(servesControlPlane);
}

/** The timing of kube-vip; undefined where it elects nobody, as with BGP. */
export function leaseTiming(kubeVip: KubeVip): LeaseTiming | undefined {
  if (settingBool(kubeVip, "vip_arp") !== true && settingBool(kubeVip, "vip_leaderelection") !== true) return undefined;
  return {
    kind: "lease",
    duration: seconds(kubeVip, "vip_leaseduration", 15),
    renew: seconds(kubeVip, "vip_renewdeadline", 10),
    retry: seconds(kubeVip, "vip_retryperiod", 2),
    preserves: settingBool(kubeVip, "vip_preserve_on_leadership_loss") === true,
  };
}

function seconds(kubeVip: KubeVip, name: string, value: number): Setting {
  const position = settingPart(kubeVip, name).position();
  const written = settingNumber(kubeVip, name);
  return setting(name, written === undefined ? undefined : { value: written, position }, { value, position });
}
