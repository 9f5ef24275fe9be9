import { parseKubernetesVersion } from "../config/kubernetes-version.ts";
import { newestMinor } from "../config/kubernetes-behaviour.ts";

/** The release that files are judged for. */
export interface JudgedRelease {
  readonly kubernetesMinor: number;
  readonly kubernetesVersion: string;
  /** Who named it: the user, a file, or nobody, and then it is the newest: its rules are the strictest. */
  readonly namedBy: "user" | "file" | "nobody";
}

/** The release that is asked for, else the first that a file names; undefined if what is asked for is none. */
export function releaseOf(
  files: readonly { readonly text: string }[],
  asked: string | undefined,
): JudgedRelease | undefined {
  if (asked !== undefined) {
    const version = parseKubernetesVersion(asked);
    return version && { kubernetesMinor: version.minor, kubernetesVersion: version.text, namedBy: "user" };
  }
  for (const { text } of files) {
    if (!text.includes("kubernetesVersion:")) continue;
    const written = /^kubernetesVersion:[ \t]*["']?(v?1\.[\w.-]+)/m.exec(text)?.[1];
    const version = written === undefined ? undefined : parseKubernetesVersion(written);
    if (version !== undefined)
      return { kubernetesMinor: version.minor, kubernetesVersion: version.text, namedBy: "file" };
  }
  return { kubernetesMinor: newestMinor, kubernetesVersion: `v1.${newestMinor}.0`, namedBy: "nobody" };
}

/** What to say where nobody named the release. */
export function releaseNote({ kubernetesVersion }: JudgedRelease): string {
  return `judged for Kubernetes ${kubernetesVersion}: no file and no --kubernetes-version names a release`;
}
