/** What may stand in a place of an object. */
export type SchemaNode = ObjectNode | ListNode | MapNode | ScalarNode | EnumerationNode | RestrictedNode;

export interface ObjectNode {
  readonly type: "object";
  /** Made when it is asked for: types contain themselves, and few manifests touch a tenth of them. */
  definition(): Definition;
}

export interface Definition {
  readonly fields: ReadonlyMap<string, SchemaNode>;
  readonly required: readonly string[];
  /** What a field may be that is not among them; without it there is none. */
  readonly others?: SchemaNode;
}

export interface ListNode {
  readonly type: "list";
  readonly items: SchemaNode;
}

/** Keys of the user's choice. */
export interface MapNode {
  readonly type: "map";
  readonly values: SchemaNode;
}

/** `any` is not judged, `map of anything` is a map whose contents nobody knows. */
export type ScalarType =
  | "any"
  | "map of anything"
  | "text"
  | "boolean"
  | "int32"
  | "int64"
  | "number"
  | "quantity"
  | "int-or-string"
  | "time"
  | "bytes";

export interface ScalarNode {
  readonly type: ScalarType;
}

export interface EnumerationNode {
  readonly type: "enumeration";
  readonly values: readonly string[];
  /** Whether an empty text is as good as none, and the default is taken. */
  readonly orEmpty: boolean;
}

/** A value of which more is asked than its form: built-in kinds have none of these, custom resources do. */
export interface RestrictedNode {
  readonly type: "restricted";
  readonly node: SchemaNode;
  readonly restrictions: readonly Restriction[];
}

/** Says what is wrong with a value, of whatever form it is, or nothing. */
export type Restriction = (value: unknown) => { readonly message: string; readonly remedy: string } | undefined;
