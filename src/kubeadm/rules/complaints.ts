import type { Problem } from "../../config/rule.ts";
import type { ClusterSpec } from "../../config/spec.ts";
import type { Concern } from "../schema/field.ts";
import { complaintsAbout } from "../schema/judge.ts";
import { problemAt } from "./at.ts";

/** What the table of fields says about the user's documents concerning one thing. */
export function complaints(spec: ClusterSpec, concern: Concern): readonly Problem[] {
  return spec.kubeadmDocuments.flatMap((document) => {
    const content = { apiVersion: document.apiVersion, kind: document.kind, value: document.source.value };
    return complaintsAbout(content, spec.kubernetesVersion)
      .filter((complaint) => complaint.concern === concern)
      .map(({ path, message, remedy, severity = "error", atKey }) => ({
        ...problemAt({ document, path }, { severity, message, remedy }),
        ...(atKey && { position: document.source.locateKey(path) }),
      }));
  });
}
