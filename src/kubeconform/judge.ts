import { isRecord } from "../config/paths.ts";
import { complaintsAbout } from "../schema/judge.ts";
import type { KubeconformRequest } from "./request.ts";
import type { Resource } from "./resources.ts";
import type { Result } from "./result.ts";
import type { FoundSchema, ObjectKind } from "./schemas.ts";
import { validationErrors } from "./validation-errors.ts";

/** What a resource is judged by. */
export type JudgeRequest = Pick<KubeconformRequest, "skip" | "reject" | "ignoreMissingSchemas">;

/**
 * The verdict on a resource, in kubeconform's words where they are the same for every mistake.
 * https://github.com/yannh/kubeconform/blob/v0.7.0/pkg/validator/validator.go
 */
export function judgeResource(
  { file, content, signature }: Resource,
  request: JudgeRequest,
  schemaOf: (object: ObjectKind) => FoundSchema | undefined,
): Result {
  const about = { file, signature };
  const error = (message: string): Result => ({ ...about, status: "error", message });
  if (content.type === "nothing") return { ...about, status: "empty" };
  if (content.type === "unreadable") return error(`error unmarshalling resource: ${content.message}`);
  const { value } = content;
  const { kind, apiVersion } = signature;
  if (!isRecord(value))
    return error(
      `error unmarshalling resource: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${typeInGo(value)} into Go value of type map[string]interface {}`,
    );
  if (kind === "") return error("error while parsing: missing 'kind' key");
  if (apiVersion === "") return error("error while parsing: missing 'apiVersion' key");
  const isNamed = (names: ReadonlySet<string>): boolean => names.has(kind) || names.has(`${apiVersion}/${kind}`);
  if (isNamed(request.skip)) return { ...about, status: "skipped" };
  if (isNamed(request.reject)) return error(`prohibited resource kind ${kind}`);
  const found = schemaOf({ apiVersion, kind });
  if (found === undefined)
    return request.ignoreMissingSchemas ? { ...about, status: "skipped" } : error(`could not find schema for ${kind}`);
  const complaints = complaintsAbout(value, found.schema).filter(
    ({ concern }) => concern !== "unknown-field" || found.refusesUnknown,
  );
  if (complaints.length === 0) return { ...about, status: "valid" };
  const errors = validationErrors(complaints);
  const list = errors.map(({ path, msg }) => `- at '${path}': ${msg}`).join(" ");
  return {
    ...about,
    status: "invalid",
    message: `problem validating schema. Check JSON formatting: jsonschema validation failed with '${found.location}#' ${list}`,
    errors,
  };
}

function typeInGo(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : typeof value;
}
