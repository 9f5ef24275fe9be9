/** An OpenAPI document of a release of Kubernetes, as far as it is used. */
export interface Release {
  /** Such as v1.36.3. */
  readonly version: string;
  readonly document: { readonly definitions: Readonly<Record<string, Schema>> };
}

/** A schema of OpenAPI 2. https://github.com/OAI/OpenAPI-Specification/blob/main/versions/2.0.md#schema-object */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly "x-kubernetes-group-version-kind"?: readonly GroupVersionKind[];
}

export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** As it is written in a manifest: `apps/v1`, `v1`. */
export function apiVersionOf({ group, version }: Pick<GroupVersionKind, "group" | "version">): string {
  return group === "" ? version : `${group}/${version}`;
}

/** The name of the definition that a reference leads to. */
export function referenceOf({ $ref }: Schema): string | undefined {
  return $ref?.replace("#/definitions/", "");
}

/** Whether a definition is that of an object which a manifest can be; deletions and events of watches are no objects. */
export function objectKinds({ "x-kubernetes-group-version-kind": kinds = [] }: Schema): readonly GroupVersionKind[] {
  return kinds.filter(({ kind }) => kind !== "DeleteOptions" && kind !== "WatchEvent");
}
