import { isReadBy, variables } from "../kube-vip-variables.ts";
import type { Problem, Rule } from "../rule.ts";
import type { ClusterSpec } from "../spec.ts";
import { usedRelease } from "./kube-vip-image.ts";

/** A variable that the release does not know would be a setting that silently does not hold. */
export const kubeVipRelease: Rule = {
  id: "kube-vip-release",
  summary: "What is switched on exists in the image's release of kube-vip.",
  reason:
    "kube-vip looks its variables up by name and says nothing about others: https://github.com/kube-vip/kube-vip/blob/v1.2.3/pkg/kubevip/config_environment.go",
  check: (spec) => {
    const release = usedRelease(spec);
    if (release === undefined) return [];
    return features
      .filter(({ used }) => used(spec))
      .flatMap(({ path, variable: name }): readonly Problem[] => {
        const variable = variables.find((candidate) => candidate.name === name);
        if (variable === undefined || isReadBy(variable, release)) return [];
        const since = `v${variable.since.join(".")}`;
        return [
          {
            severity: "error",
            path,
            message: `kube-vip v${release.join(".")} cannot do this, which is there since ${since}`,
            remedy: `use ${since} or newer, or switch it off`,
          },
        ];
      });
  },
};

interface Feature {
  readonly path: string;
  /** A variable that came with it. */
  readonly variable: string;
  used(spec: ClusterSpec): boolean;
}

const features: readonly Feature[] = [
  feature(
    "kubeVip.preserveOnLeadershipLoss",
    "vip_preserve_on_leadership_loss",
    (spec) => spec.kubeVip.preserveOnLeadershipLoss,
  ),
  feature(
    "kubeVip.loseLeadershipAfter",
    "vip_loseleadership",
    (spec) => spec.kubeVip.loseLeadershipAfterSeconds !== undefined,
  ),
  feature(
    "kubeVip.bgp.healthCheck",
    "control_plane_health_check_address",
    ({ kubeVip }) => kubeVip.mode === "bgp" && kubeVip.bgp.healthCheck,
  ),
  // The field of a peer came with the release that took up this variable too.
  feature(
    "kubeVip.bgp.peers",
    "bgp_attach_ip_to_interface",
    ({ kubeVip }) => kubeVip.mode === "bgp" && kubeVip.bgp.peers.some(({ bfd }) => bfd),
  ),
  feature(
    "serviceLoadBalancer.class",
    "lb_class_legacy_handling",
    (spec) => spec.serviceLoadBalancer?.class !== undefined,
  ),
];

function feature(path: string, ...[variable, used]: readonly [variable: string, used: Feature["used"]]): Feature {
  return { path, variable, used };
}
