import type { KubernetesVersion } from "../../config/kubernetes-version.ts";
import type { Concern } from "../../kubeadm/schema/field.ts";
import { type Complaint, complaintsAbout } from "../../kubeadm/schema/judge.ts";
import type { YamlObject } from "../../model/kubernetes.ts";
import type { Hit, RuleContext } from "../rule.ts";
import { hitAt, type KubeadmObject, ownDocuments } from "./documents.ts";
import { releaseOf } from "./release.ts";

/** What the table of kubeadm's fields says about documents concerning some things. */
export function complaints(
  documents: readonly YamlObject[],
  context: RuleContext,
  concerns: readonly Concern[],
): readonly Hit[] {
  const release = releaseOf(documents, context);
  return ownDocuments(documents).flatMap((document) =>
    judged(document, release)
      .filter(({ concern }) => concerns.includes(concern))
      .map(({ path, atKey, message, remedy, severity }) =>
        hitAt({ document, path, atKey }, { message, remedy, ...(severity !== undefined && { severity }) }),
      ),
  );
}

// Each concern has a rule of its own; the document is walked once.
const cache = new WeakMap<YamlObject, Map<string, readonly Complaint[]>>();

function judged(document: KubeadmObject, release: KubernetesVersion): readonly Complaint[] {
  const known = cache.get(document) ?? new Map<string, readonly Complaint[]>();
  cache.set(document, known);
  const found = known.get(release.text) ?? complaintsAbout(document, release);
  known.set(release.text, found);
  return found;
}
