/** A Kubernetes release; two versions of one minor behave alike unless a rule says otherwise. */
export interface KubernetesVersion {
  readonly minor: number;
  readonly patch: number;
  /** `rc.1` in v1.31.0-rc.1; empty for a release. */
  readonly preRelease: string;
  /** As kubeadm writes it, with a leading v. */
  readonly text: string;
}

/** Reads `v1.36.3`, `1.36.3` or `v1.31.0-rc.1`; undefined for labels such as `stable-1`, which need the network. */
export function parseKubernetesVersion(text: string): KubernetesVersion | undefined {
  const match = /^v?1\.(\d{1,3})\.(\d{1,3})(?:-((?:alpha|beta|rc)\.\d+))?$/.exec(text);
  if (match === null) return undefined;
  const [, minor = "", patch = "", preRelease = ""] = match;
  const suffix = preRelease === "" ? "" : `-${preRelease}`;
  return {
    minor: Number(minor),
    patch: Number(patch),
    preRelease,
    text: `v1.${Number(minor)}.${Number(patch)}${suffix}`,
  };
}
