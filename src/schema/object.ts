import { isRecord } from "../config/paths.ts";
import type { Path } from "../yaml/read.ts";
import { type ApiVersionNews, apiVersionNews } from "./api-version.ts";
import type { Complaint } from "./complaint.ts";
import { complaintsAbout } from "./judge.ts";
import { type CustomSchemas, customSchema } from "./custom-schemas.ts";
import { schemasOf } from "./table.ts";

/** What an object is judged by. */
export interface SchemaSource {
  readonly minor: number;
  readonly custom?: CustomSchemas | undefined;
}

/** What is to be said of one object; a List is judged item by item. */
export interface ObjectJudgement {
  /** Where the object begins in its document. */
  readonly path: Path;
  readonly kind: string;
  readonly apiVersion: string;
  readonly news: ApiVersionNews | { readonly state: "custom" };
  readonly complaints: readonly Complaint[];
}

/** Judges the object that a document is, or the objects that its list has; nothing for what is no object of Kubernetes. */
export function judgeObject(value: unknown, source: SchemaSource, path: Path = []): readonly ObjectJudgement[] {
  if (!isRecord(value)) return [];
  const { apiVersion, kind } = value;
  if (typeof apiVersion !== "string" || typeof kind !== "string") return [];
  if (kind === "List" && apiVersion === "v1" && Array.isArray(value["items"]))
    return value["items"].flatMap((item: unknown, index) => judgeObject(item, source, [...path, "items", index]));
  const own = source.custom && customSchema(source.custom, apiVersion, kind);
  const schema = own ?? schemasOf(source.minor).find(apiVersion, kind);
  const news =
    own === undefined
      ? apiVersionNews({ apiVersion, kind }, schemasOf(source.minor).minor)
      : ({ state: "custom" } as const);
  const complaints = schema === undefined ? [] : complaintsAbout(value, schema);
  const placed = path.length === 0 ? complaints : complaints.map((one) => ({ ...one, path: [...path, ...one.path] }));
  return [{ path, kind, apiVersion, news, complaints: placed }];
}

/** Whether nothing at all is to be said of a value: it is an object of a known kind that has no mistake. */
export function isFaultless(value: unknown, source: SchemaSource): boolean {
  const judged = judgeObject(value, source);
  return (
    judged.length > 0 &&
    judged.every(
      ({ news, complaints }) => complaints.length === 0 && (news.state === "current" || news.state === "custom"),
    )
  );
}
