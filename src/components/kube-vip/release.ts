import { compareReleases, readImage, type Release, releaseOf } from "../../config/image.ts";
import type { ClusterSpec } from "../../config/spec.ts";

/** Whether the cluster's kube-vip is of a release or a newer one; one whose tag names none is taken for the newest. */
export function isSince(spec: ClusterSpec, release: Release): boolean {
  const own = releaseOf(readImage(spec.images.kubeVip).tag);
  return own === undefined || compareReleases(own, release) >= 0;
}
