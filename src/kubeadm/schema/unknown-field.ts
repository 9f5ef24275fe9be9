import { nearest } from "../../config/did-you-mean.ts";
import { minorsWhere } from "../../config/kubernetes-behaviour.ts";
import type { Path } from "../../yaml/read.ts";
import { kubeadmGroup } from "../api-version.ts";
import { pathText } from "../path-text.ts";
import type { Fields, Saying } from "./field.ts";
import { hasField, kindsOf, pathsOf, versionOf } from "./kinds.ts";

/** A field that an apiVersion does not have. */
export interface UnknownField {
  readonly path: Path;
  /** What may stand in its place. */
  readonly fields: Fields;
  /** Whether there are so many that nobody asks what each was meant to be. */
  readonly isOneOfMany: boolean;
}

/** What is said about a field that an apiVersion does not have. */
export function unknownFieldSaying(
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
  { path, fields, isOneOfMany }: UnknownField,
): Saying {
  const version = versionOf(apiVersion);
  const message = `${apiVersion} has no field ${pathText(path)}`;
  if (isOneOfMany) return { message, remedy: "remove it" };
  const name = String(path.at(-1));
  const known = knownRemedies.find(({ field }) => field === name || field === path.join("."));
  if (known !== undefined) return { message, remedy: known.remedy };
  if (hasField(kindsOf("v1beta4"), [kind, ...path])) {
    const { first } = minorsWhere((row) => row.accepts.includes("v1beta4"));
    return { message, remedy: `remove it: ${kubeadmGroup}/v1beta4 has it, from Kubernetes 1.${first} on` };
  }
  const meant = nearest(name, Object.keys(fields));
  if (meant !== undefined) return { message, remedy: `write ${meant}` };
  const [place, ...others] = version === undefined ? [] : placesOf(kindsOf(version), kind, name);
  if (place !== undefined && others.length === 0)
    return { message, remedy: `write it as ${pathText(place.slice(1))} of ${place[0]}` };
  const parent = path.length === 1 ? kind : pathText(path.slice(0, -1));
  return { message, remedy: `remove it; ${parent} has ${Object.keys(fields).join(", ")}` };
}

// What is for upgrades belongs there; what founds a cluster is often in the wrong one of three documents.
function placesOf(kinds: Fields, kind: string, name: string): readonly (readonly string[])[] {
  const founding = ["InitConfiguration", "ClusterConfiguration", "JoinConfiguration"];
  const related = founding.includes(kind) ? founding : [kind];
  return pathsOf(kinds, name).filter(([root = "", ...rest]) => related.includes(root) && rest.length > 0);
}

/** Fields that were or will be, or that people expect. */
const knownRemedies = [
  { field: "uploadCerts", remedy: "there is no such field; upload with the flag: kubeadm init --upload-certs" },
  { field: "dns.type", remedy: "remove it; CoreDNS is the only type" },
  {
    field: "apiServer.timeoutForControlPlane",
    remedy: "write timeouts.controlPlaneComponentHealthCheck in InitConfiguration and JoinConfiguration",
  },
  { field: "discovery.timeout", remedy: "write timeouts.discovery in JoinConfiguration" },
  { field: "mergeMethod", remedy: "remove it; it belongs to the coming v1" },
] as const;
