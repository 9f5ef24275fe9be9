import type { SchemaNode } from "./node.ts";

/** Schemas of custom resources, by "apiVersion kind". */
export type CustomSchemas = ReadonlyMap<string, SchemaNode>;

/** The schema of a kind, also where only its file's name, in lower case and with the group's first word, tells of it. */
export function customSchema(schemas: CustomSchemas, apiVersion: string, kind: string): SchemaNode | undefined {
  const exact = schemas.get(`${apiVersion} ${kind}`) ?? schemas.get(`${apiVersion} ${kind.toLowerCase()}`);
  if (exact !== undefined || !apiVersion.includes("/")) return exact;
  const [group = "", version = ""] = apiVersion.split("/");
  return schemas.get(`${group.split(".")[0]}./${version} ${kind.toLowerCase()}`);
}
