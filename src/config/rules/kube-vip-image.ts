import { compareReleases, readImage, type Release, releaseOf } from "../image.ts";
import type { Problem, Rule } from "../rule.ts";
import type { ClusterSpec } from "../spec.ts";

/** Releases of kube-vip that cannot work here. */
export const kubeVipImage: Rule = {
  id: "kube-vip-image",
  summary: "kube-vip is of a release that works with what is asked of it: v0.8.0 or newer, and not v1.2.2.",
  reason:
    "v1.2.2 takes the API server's address from admin.conf, which is the virtual IP itself, so the virtual IP never comes up: https://github.com/kube-vip/kube-vip/issues/1654",
  check: (spec) => {
    const release = usedRelease(spec);
    if (release === undefined) return [];
    return knownBad
      .filter(({ from, to, affects }) => isBetween(release, from, to) && affects(spec))
      .map(({ message, remedy }): Problem => ({
        severity: "error",
        path: "images.kubeVip",
        message: `${spec.images.kubeVip} ${message}`,
        remedy,
      }));
  },
};

interface KnownBad {
  readonly from: string;
  /** The last release that is affected. */
  readonly to: string;
  readonly message: string;
  readonly remedy: string;
  affects(spec: ClusterSpec): boolean;
}

const knownBad: readonly KnownBad[] = [
  {
    from: "0.0.0",
    to: "0.7.9999",
    affects: () => true,
    message: "is older than v0.8.0, which was the first to learn its node's name from the pod",
    remedy: "use v1.2.1 or v1.2.3",
  },
  {
    from: "1.2.2",
    to: "1.2.2",
    affects: ({ virtualIP, deployAs, kubeVip }) =>
      virtualIP.provider === "kube-vip" &&
      deployAs === "static-pod" &&
      kubeVip.election === "lease" &&
      kubeVip.hosts !== "address",
    message: "cannot bring up a control plane's virtual IP",
    remedy: "use v1.2.1 or v1.2.3",
  },
  {
    from: "1.2.2",
    to: "1.2.2",
    affects: ({ kubeVip }) => kubeVip.dns !== undefined,
    message: "loses a virtual IP that is looked up after 60 s (https://github.com/kube-vip/kube-vip/issues/1655)",
    remedy: "use v1.2.1 or v1.2.3",
  },
  {
    from: "0.0.0",
    to: "1.1.1",
    affects: ({ serviceLoadBalancer }) => serviceLoadBalancer !== undefined,
    message: "stops watching services for good when its node joins (https://github.com/kube-vip/kube-vip/issues/1464)",
    remedy: "use v1.1.2 or newer",
  },
  {
    from: "0.0.0",
    to: "1.2.0",
    affects: ({ kubeVip }) => kubeVip.election === "etcd",
    message: "can stall for good with an election by etcd (https://github.com/kube-vip/kube-vip/issues/1597)",
    remedy: "use v1.2.1 or newer",
  },
  {
    from: "0.8.4",
    to: "0.8.4",
    affects: ({ virtualIP }) => virtualIP.addresses.length > 1,
    message: "ends at its start with two addresses (https://github.com/kube-vip/kube-vip/issues/971)",
    remedy: "use v1.2.1 or v1.2.3",
  },
  {
    from: "0.0.0",
    to: "1.2.1",
    affects: ({ kubeVip, images }) =>
      kubeVip.ipvs?.forwardingMethod === "masquerade" && !readImage(images.kubeVip).program.endsWith("-iptables"),
    message:
      "has no iptables, which masquerading needs before v1.2.2 (https://github.com/kube-vip/kube-vip/issues/1065)",
    remedy: "use kube-vip-iptables of the same release, or leave images.kubeVip out",
  },
];

/** The release of the kube-vip that is used; undefined where none is, or its tag names none. */
export function usedRelease(spec: ClusterSpec): Release | undefined {
  return usesKubeVip(spec) ? releaseOf(readImage(spec.images.kubeVip).tag) : undefined;
}

/** Whether any kube-vip runs in the cluster. */
export function usesKubeVip({ virtualIP, serviceLoadBalancer }: ClusterSpec): boolean {
  return virtualIP.provider === "kube-vip" || serviceLoadBalancer !== undefined;
}

function isBetween(release: Release, from: string, to: string): boolean {
  const [first, last] = [releaseOf(from), releaseOf(to)];
  return (
    first !== undefined &&
    last !== undefined &&
    compareReleases(release, first) >= 0 &&
    compareReleases(release, last) <= 0
  );
}
