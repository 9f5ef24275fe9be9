import { isRecord } from "../../config/paths.ts";
import type { KubernetesVersion } from "../../config/kubernetes-version.ts";
import type { Path } from "../../yaml/read.ts";
import { argumentExample } from "./arguments-example.ts";
import type { Concern, Field, ListField, MapField, ObjectField, Saying, ScalarField } from "./field.ts";
import { kindsOf, ownField, versionOf } from "./kinds.ts";
import { scalarTypes } from "./scalar-types.ts";
import { unknownFieldSaying } from "./unknown-field.ts";

/** A document of kubeadm as plain values. */
export interface Content {
  readonly apiVersion: string;
  readonly kind: string;
  readonly value: unknown;
}

/** What is wrong at a path of a document. */
export interface Complaint extends Saying {
  readonly concern: Concern;
  readonly path: Path;
  /** Whether it is the key that is wrong, or the place of something that is missing. */
  readonly atKey: boolean;
}

/** All that the kubeadm of a release finds wrong with one document; nothing for kinds and versions that we do not know. */
export function complaintsAbout(content: Content, release: KubernetesVersion): readonly Complaint[] {
  const version = versionOf(content.apiVersion);
  const field = version === undefined ? undefined : ownField(kindsOf(version), content.kind);
  return field === undefined ? [] : judge({ value: content.value, path: [] }, field, { content, release });
}

interface Place {
  readonly value: unknown;
  readonly path: Path;
}

interface Surroundings {
  readonly content: Content;
  readonly release: KubernetesVersion;
}

function judge(place: Place, field: Field, around: Surroundings): readonly Complaint[] {
  if (place.value === null || place.value === undefined) return [];
  if (field.since !== undefined && around.release.minor < field.since.minor) {
    const { minor, meanwhile } = field.since;
    return [
      complaint(place.path, "release", {
        message: `kubeadm ${around.release.text} does not know ${String(place.path.at(-1))} and goes on without it`,
        remedy: `remove it${meanwhile === undefined ? "," : `: ${meanwhile};`} or use Kubernetes 1.${minor} or newer`,
      }),
    ];
  }
  if (field.type === "object") return judgeObject(place, field, around);
  if (field.type === "map") return judgeMap(place, field, around);
  return field.type === "list" ? judgeList(place, field, around) : judgeScalar(place, field, around);
}

function judgeObject(place: Place, field: ObjectField, around: Surroundings): readonly Complaint[] {
  const { value, path } = place;
  if (!isRecord(value)) return [wrongType(place, field, around)];
  let unknownFields = 0;
  const entries = Object.entries(value).flatMap(([key, entry]): readonly Complaint[] => {
    // Merge keys that are left are refused by a rule of their own.
    if (key === "<<") return [];
    const below = ownField(field.fields, key);
    if (below !== undefined) return judge({ value: entry, path: [...path, key] }, below, around);
    unknownFields++;
    const unknown = { path: [...path, key], fields: field.fields, isOneOfMany: unknownFields > 20 };
    return [{ ...complaint(unknown.path, "field", unknownFieldSaying(around.content, unknown)), atKey: true }];
  });
  const together = field.check?.(value) ?? [];
  return [
    ...entries,
    ...together.map(({ concern, path: from, ...saying }) => ({
      ...complaint([...path, ...from], concern, saying),
      atKey: from.length === 0,
    })),
  ];
}

function judgeMap(place: Place, field: MapField, around: Surroundings): readonly Complaint[] {
  const { value, path } = place;
  if (!isRecord(value)) return [wrongType(place, field, around)];
  return Object.entries(value).flatMap(([key, entry]) => {
    if (key === "<<") return [];
    const saying = field.keys?.judge(key, around.release);
    const wrongKey =
      saying === undefined || field.keys === undefined
        ? []
        : [{ ...complaint([...path, key], field.keys.concern, saying), atKey: true }];
    return [...wrongKey, ...judge({ value: entry, path: [...path, key] }, field.values, around)];
  });
}

function judgeList(place: Place, field: ListField, around: Surroundings): readonly Complaint[] {
  const { value, path } = place;
  if (!Array.isArray(value)) return [wrongType(place, field, around)];
  return value.flatMap((entry: unknown, index) => judge({ value: entry, path: [...path, index] }, field.items, around));
}

function judgeScalar(place: Place, field: ScalarField, around: Surroundings): readonly Complaint[] {
  const { value, path } = place;
  if (!scalarTypes[field.type].holds(value)) return [wrongType(place, field, around)];
  // Empty means the default, but not in a list.
  const isDefault = value === "" && typeof path.at(-1) !== "number";
  const saying = isDefault ? undefined : field.check?.judge(String(value), around.release);
  return saying === undefined || field.check === undefined ? [] : [complaint(path, field.check.concern, saying)];
}

function wrongType({ value, path }: Place, field: Field, { content }: Surroundings): Complaint {
  const example = argumentExample(field);
  const { wanted, write } = typeWords(field.type);
  const found = shapeOf(value);
  return complaint(path, "type", {
    // Of the right shape, it is its text that is wrong.
    message:
      found === scalarShape(field.type)
        ? `${JSON.stringify(value)} is no ${wanted}`
        : `is a ${found}; ${content.apiVersion} wants a ${wanted}`,
    remedy: `write ${example ?? write}`,
  });
}

const compoundTypes = {
  map: { wanted: "map", write: "keys with values" },
  object: { wanted: "map", write: "keys with values" },
  list: { wanted: "list", write: "a list of items" },
} as const;

function typeWords(type: Field["type"]): { readonly wanted: string; readonly write: string } {
  return type === "map" || type === "object" || type === "list" ? compoundTypes[type] : scalarTypes[type];
}

function scalarShape(type: Field["type"]): string | undefined {
  return type === "map" || type === "object" || type === "list" ? undefined : scalarTypes[type].shape;
}

function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return "list";
  if (typeof value === "object") return "map";
  return typeof value === "string" ? "text" : typeof value;
}

function complaint(path: Path, concern: Concern, saying: Saying): Complaint {
  return { ...saying, concern, path, atKey: false };
}
