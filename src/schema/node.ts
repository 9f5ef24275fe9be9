/** What may stand in a place of an object. */
export type SchemaNode = ObjectNode | ListNode | MapNode | ScalarNode | EnumerationNode;

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
