import type { KubernetesVersion } from "../../config/kubernetes-version.ts";
import type { Severity } from "../../findings/finding.ts";
import type { Path } from "../../yaml/read.ts";

/** A field of kubeadm's configuration: what may stand there. Null may stand everywhere and means nothing. */
export type Field = ScalarField | ListField | MapField | ObjectField;

/** Fields by name. */
export type Fields = Readonly<Record<string, Field>>;

/** How kubeadm reads a scalar: a duration is Go's, a time RFC 3339, a quantity Kubernetes'. */
export type ScalarType = "text" | "boolean" | "int32" | "int" | "duration" | "time" | "quantity";

export interface ScalarField extends Arrival {
  readonly type: ScalarType;
  readonly check?: ValueCheck;
}

export interface ListField extends Arrival {
  readonly type: "list";
  readonly items: Field;
}

/** Keys of the user's choice. */
export interface MapField extends Arrival {
  readonly type: "map";
  readonly values: Field;
  readonly keys?: ValueCheck;
}

export interface ObjectField extends Arrival {
  readonly type: "object";
  readonly fields: Fields;
  readonly check?: GroupCheck;
}

interface Arrival {
  /** The minor with which a field came, if it came within its apiVersion. */
  readonly since?: Since;
}

export interface Since {
  readonly minor: number;
  /** What older releases do without it. */
  readonly meanwhile?: string;
}

/** What a complaint is about; each is reported by a rule of its own. */
export type Concern =
  | "field"
  | "type"
  | "value"
  | "missing"
  | "endpoint"
  | "secret"
  | "subnet"
  | "address"
  | "gate"
  | "release";

/** What is wrong, and the change that mends it. */
export interface Saying {
  readonly message: string;
  readonly remedy: string;
  /** An error where nothing is said. */
  readonly severity?: Severity;
}

/** Judges a scalar that is neither null nor empty. */
export interface ValueCheck {
  readonly concern: Concern;
  judge(value: string, release: KubernetesVersion): Saying | undefined;
}

/** Judges fields of an object together. */
export type GroupCheck = (value: Readonly<Record<string, unknown>>) => readonly GroupComplaint[];

export interface GroupComplaint extends Saying {
  readonly concern: Concern;
  /** From the object; empty for the object itself. */
  readonly path: Path;
}

/** A text, which is what most fields are. */
export function text(check?: ValueCheck): ScalarField {
  return scalar("text", check);
}

/** A field of another type. */
export function scalar(type: ScalarType, check?: ValueCheck): ScalarField {
  return check === undefined ? { type } : { type, check };
}

/** A list of such items. */
export function list(items: Field): ListField {
  return { type: "list", items };
}

/** A map from names of the user's choice to such values. */
export function map(values: Field, keys?: ValueCheck): MapField {
  return keys === undefined ? { type: "map", values } : { type: "map", values, keys };
}

/** An object with these fields. */
export function object(fields: Fields, check?: GroupCheck): ObjectField {
  return check === undefined ? { type: "object", fields } : { type: "object", fields, check };
}

/** A field that came within its apiVersion. */
export function since(minor: number, field: Field, meanwhile?: string): Field {
  return { ...field, since: meanwhile === undefined ? { minor } : { minor, meanwhile } };
}

export const boolean = scalar("boolean");
export const duration = scalar("duration");
export const time = scalar("time");
