import { type KubernetesVersion, parseKubernetesVersion } from "../../config/kubernetes-version.ts";
import type { YamlObject } from "../../model/kubernetes.ts";
import type { RuleContext } from "../rule.ts";
import { documentOf, textAt } from "./documents.ts";

/** The release that documents are for: what the user named, else what they say themselves or those of the cluster do. */
export function releaseOf(documents: readonly YamlObject[], context: RuleContext): KubernetesVersion {
  return (context.isAsked === true ? undefined : statedRelease(documents, context)) ?? contextRelease(context);
}

/** The release in the documents or, for those that join, in those of the other machines. */
export function statedRelease(documents: readonly YamlObject[], context: RuleContext): KubernetesVersion | undefined {
  const others = context.cluster.nodes.filter((node) => node !== context.node).map(({ kubeadm }) => kubeadm);
  for (const candidates of [documents, context.node.kubeadm, ...others]) {
    const version = versionIn(candidates);
    if (version !== undefined) return version;
  }
  return undefined;
}

function versionIn(documents: readonly YamlObject[]): KubernetesVersion | undefined {
  const text = textAt(documentOf(documents, "ClusterConfiguration"), ["kubernetesVersion"]);
  return text === undefined ? undefined : parseKubernetesVersion(text);
}

function contextRelease({ kubernetesVersion, kubernetesMinor }: RuleContext): KubernetesVersion {
  return (
    parseKubernetesVersion(kubernetesVersion) ?? {
      minor: kubernetesMinor,
      patch: 0,
      preRelease: "",
      text: `v1.${kubernetesMinor}.0`,
    }
  );
}
