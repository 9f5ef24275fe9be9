import { type Behaviour, behaviour, minorsWhere, oldestMinor } from "../config/kubernetes-behaviour.ts";
import type { KubernetesVersion } from "../config/kubernetes-version.ts";
import { kubeadmGroup } from "./api-version.ts";

/** How the kubeadm of a release takes a version of its configuration. */
export interface Acceptance {
  readonly accepted: boolean;
  readonly message: string;
  readonly remedy: string;
}

/** What is said about an apiVersion of kubeadm's group; nothing about one that the release takes without a word. */
export function acceptanceOf(apiVersion: string, release: KubernetesVersion): Acceptance | undefined {
  const version = apiVersion.slice(kubeadmGroup.length + 1);
  const row = behaviour(release);
  const remedy = remedyFor(version, row);
  if (!row.accepts.some((accepted) => accepted === version)) {
    // What older releases accept is their business; ours begin here.
    const who = release.minor < oldestMinor ? `kubeadm from 1.${oldestMinor} on` : `kubeadm ${release.text}`;
    return { accepted: false, message: `${who} does not accept ${apiVersion}`, remedy };
  }
  if (!row.deprecates.some((deprecated) => deprecated === version)) return undefined;
  return { accepted: true, message: `kubeadm ${release.text} warns of ${apiVersion}, and 1.37 refuses it`, remedy };
}

// `kubeadm config migrate` reads what its own release accepts and writes the newest form: it never goes back.
function remedyFor(version: string, { accepts, apiVersion }: Behaviour): string {
  const wanted = `${kubeadmGroup}/${apiVersion}`;
  if (version === "v1beta4") {
    const { first } = minorsWhere((row) => row.accepts.includes(version));
    return `write it as ${wanted}, or use Kubernetes 1.${first} or newer`;
  }
  if (version !== "v1beta3") return `write it as ${wanted}`;
  const migrate = `rewrite it as ${wanted}: kubeadm config migrate --old-config FILE --new-config FILE`;
  if (accepts.includes(version)) return migrate;
  const { first, last } = minorsWhere((row) => row.deprecates.includes(version));
  return `${migrate} with a kubeadm of 1.${first} to 1.${last}`;
}
