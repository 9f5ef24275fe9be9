import { nearest } from "../../config/did-you-mean.ts";
import type { KubeadmDocument } from "../../config/kubeadm-documents.ts";
import { isRecord } from "../../config/paths.ts";
import { minorsWhere } from "../../config/kubernetes-behaviour.ts";
import type { Problem, Rule } from "../../config/rule.ts";
import type { Path } from "../../yaml/read.ts";
import { kubeadmGroup } from "../api-version.ts";
import { type Fields, hasField, itemField, kindsOf, pathsOf } from "../fields.ts";
import { pathText, problemAt, versionOf } from "./at.ts";
import { newerThanRelease } from "./newer-than-release.ts";

/** Fields of other versions of kubeadm's configuration, or of none. */
export const foreignFields: Rule = {
  id: "kubeadm-unknown-field",
  summary: "no document has a field or value that its apiVersion or this release does not know",
  reason:
    "kubeadm init and join only warn of an unknown field and go on without it: a mistyped certSANs makes a certificate without the virtual IP; an unknown value stops them (https://github.com/kubernetes/kubeadm/issues/1828)",
  check: (spec) => [...spec.kubeadmDocuments.flatMap(inDocument), ...newerThanRelease(spec)],
};

function inDocument(document: KubeadmDocument): readonly Problem[] {
  const version = versionOf(document);
  const kinds = version === undefined ? {} : kindsOf(version);
  const fields = Object.hasOwn(kinds, document.kind) ? kinds[document.kind] : undefined;
  if (fields === null || fields === undefined) return [];
  return unknownFields(document.source.value, fields, []).map((unknown) => ({
    ...problemAt(
      { document, path: unknown.path },
      {
        severity: "error",
        message: `${document.apiVersion} has no field ${pathText(unknown.path)}`,
        remedy: remedyFor(document, kinds, unknown),
      },
    ),
    position: document.source.locateKey(unknown.path),
  }));
}

interface Unknown {
  readonly path: Path;
  /** What may stand in its place. */
  readonly fields: Fields;
}

function unknownFields(value: unknown, fields: Fields, path: Path): readonly Unknown[] {
  // A list in place of a map, or a map in place of a list, is for the rule of shapes.
  const items = fields[itemField];
  if (Array.isArray(value) && items)
    return value.flatMap((item: unknown, index) => unknownFields(item, items, [...path, index]));
  if (!isRecord(value) || items) return [];
  return Object.entries(value).flatMap(([key, entry]) => {
    // Merge keys are refused by a rule of their own.
    if (key === "<<") return [];
    const below = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (below === undefined) return [{ path: [...path, key], fields }];
    return below === null ? [] : unknownFields(entry, below, [...path, key]);
  });
}

function remedyFor(document: KubeadmDocument, kinds: Fields, { path, fields }: Unknown): string {
  const name = String(path.at(-1));
  const known = knownRemedies.find(({ field }) => field === name || field === path.join("."));
  if (known !== undefined) return known.remedy;
  if (hasField(kindsOf("v1beta4"), [document.kind, ...path])) {
    const { first } = minorsWhere((row) => row.accepts.includes("v1beta4"));
    return `remove it: ${kubeadmGroup}/v1beta4 has it, from Kubernetes 1.${first} on`;
  }
  const meant = nearest(name, Object.keys(fields));
  if (meant !== undefined) return `write ${meant}`;
  const [place, ...others] = pathsOf(kinds, name).filter(({ length }) => length > 1);
  if (place !== undefined && others.length === 0) return `write it as ${pathText(place.slice(1))} of ${place[0]}`;
  const parent = path.length === 1 ? document.kind : pathText(path.slice(0, -1));
  return `remove it; ${parent} has ${Object.keys(fields).join(", ")}`;
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
