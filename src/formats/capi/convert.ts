import { isRecord, type PathStep } from "../../config/paths.ts";
import type { Field, Fields } from "./fields.ts";
import type { ContractVersion } from "./versions.ts";

export interface Conversion {
  readonly value: Readonly<Record<string, unknown>>;
  /** Fields that have no place in the new form. */
  readonly unknown: readonly (readonly PathStep[])[];
  /** Fields at the top that another object says. */
  readonly ofCluster: readonly string[];
}

interface Context {
  readonly fields: Fields;
  readonly version: ContractVersion;
  readonly path: readonly PathStep[];
}

/** A document of kubeadm's, in either of its forms, in the types of a contract. */
export function converted(value: unknown, { fields, version, path }: Context): Conversion {
  const entries = Object.entries(isRecord(value) ? value : {})
    .filter(([key]) => path.length > 0 || (key !== "apiVersion" && key !== "kind"))
    .map(([key, given]) => convertedField(given, { key, field: fields[key], version, path: [...path, key] }));
  return {
    value: Object.fromEntries(entries.flatMap(({ entry }) => (entry === undefined ? [] : [entry]))),
    unknown: entries.flatMap(({ unknown }) => unknown),
    ofCluster: entries.flatMap(({ ofCluster }) => ofCluster),
  };
}

interface FieldContext {
  readonly key: string;
  readonly field: Field | undefined;
  readonly version: ContractVersion;
  readonly path: readonly PathStep[];
}

interface ConvertedField {
  readonly entry?: readonly [key: string, value: unknown] | undefined;
  readonly unknown: readonly (readonly PathStep[])[];
  readonly ofCluster: readonly string[];
}

function convertedField(given: unknown, { key, field, version, path }: FieldContext): ConvertedField {
  const none = { unknown: [], ofCluster: [] };
  if (given === null || given === undefined) return none;
  if (field === undefined) return { ...none, unknown: [path] };
  if (field === "of-cluster") return { ...none, ofCluster: [key] };
  if (field === "same") return { ...none, entry: [key, given] };
  if (field === "arguments") {
    const value = version === "v1beta1" ? asMap(given) : asList(given);
    return value === undefined ? { ...none, unknown: [path] } : { ...none, entry: [key, value] };
  }
  if ("within" in field) {
    const inner = converted(given, { fields: field.within, version, path });
    // An empty map is refused by the API server where one of its keys must be there.
    const isEmpty = Object.keys(inner.value).length === 0;
    return { ...none, unknown: inner.unknown, entry: isEmpty ? undefined : [key, inner.value] };
  }
  const seconds = goSeconds(text(given));
  const unit = field.unit === "days" ? 86_400 : 1;
  if (seconds === undefined || seconds % unit !== 0) return { ...none, unknown: [path] };
  return { ...none, entry: [field.renamed, seconds / unit] };
}

// A map has each name once; a list that repeats one cannot become a map.
function asMap(given: unknown): Readonly<Record<string, string>> | undefined {
  const list = asList(given) ?? [];
  const names = new Set(list.map(({ name }) => name));
  return names.size < list.length ? undefined : Object.fromEntries(list.map(({ name, value }) => [name, value]));
}

function asList(given: unknown): readonly { readonly name: string; readonly value: string }[] | undefined {
  if (isRecord(given)) return Object.entries(given).map(([name, value]) => ({ name, value: text(value) }));
  if (!Array.isArray(given)) return undefined;
  return given.flatMap((item: unknown) =>
    isRecord(item) ? [{ name: text(item["name"]), value: text(item["value"]) }] : [],
  );
}

function text(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

// Whole seconds of a Go duration such as 8760h0m0s.
function goSeconds(duration: string): number | undefined {
  if (!/^(\d+(\.\d+)?(h|m|s|ms))+$/.test(duration)) return duration === "0" ? 0 : undefined;
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };
  const total = [...duration.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)].reduce(
    (sum, [, amount, unit = ""]) => sum + Number(amount) * (units[unit] ?? 0),
    0,
  );
  return Number.isInteger(total) ? total : undefined;
}
