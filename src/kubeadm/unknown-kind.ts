import { nearest } from "../config/did-you-mean.ts";
import { minorsWhere } from "../config/kubernetes-behaviour.ts";
import { kubeadmGroup } from "./api-version.ts";
import { kindsOf, versionOf } from "./schema/kinds.ts";
import type { Saying } from "./schema/field.ts";

/** What is said about a kind that its apiVersion does not have; other versions are refused as a whole. */
export function unknownKindSaying(apiVersion: string, kind: string): Saying | undefined {
  const version = versionOf(apiVersion);
  if (version === undefined || Object.hasOwn(kindsOf(version), kind)) return undefined;
  return { message: `${apiVersion} has no kind "${kind}"`, remedy: remedyFor(kind, Object.keys(kindsOf(version))) };
}

function remedyFor(kind: string, kinds: readonly string[]): string {
  if (Object.hasOwn(kindsOf("v1beta4"), kind)) {
    const { first } = minorsWhere((row) => row.accepts.includes("v1beta4"));
    return `remove the document: ${kubeadmGroup}/v1beta4 has it, from Kubernetes 1.${first} on`;
  }
  const meant = nearest(kind, kinds);
  return meant === undefined ? `remove the document, or write one of ${kinds.join(", ")}` : `write ${meant}`;
}
