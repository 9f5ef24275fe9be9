/** The name of a container image in its parts. https://github.com/distribution/reference */
export interface ImageName {
  /** Such as ghcr.io/kube-vip/kube-vip. */
  readonly repository: string;
  /** The last step of the repository. */
  readonly program: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Reads an image as it stands in a pod. */
export function readImage(text: string): ImageName {
  const [name = "", digest] = text.split("@");
  const [, repository = name, tag] = /^(.*?)(?::([^:/]*))?$/s.exec(name) ?? [];
  return { repository, program: repository.split("/").at(-1) ?? "", tag, digest };
}

/** A release such as v1.2.3, for comparing. */
export type Release = readonly [major: number, minor: number, patch: number];

/** The release that a tag names, such as v1.2.3 or 1.2.3-alpine; undefined for others, such as latest. */
export function releaseOf(tag: string | undefined): Release | undefined {
  const match = /^v?(\d{1,4})\.(\d{1,4})\.(\d{1,4})(?:[-+_].*)?$/.exec(tag ?? "");
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3])];
}

/** Negative where `a` is older than `b`, zero where they are the same. */
export function compareReleases(a: Release, b: Release): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
