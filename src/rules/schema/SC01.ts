import { schemaRule } from "./judged.ts";

export const SC01 = schemaRule("unknown-field", {
  id: "SC01",
  name: "unknown-field",
  severity: "error",
  summary: "An object has only fields that its kind has in this release.",
  reason:
    "the API server drops what it does not know, and kubectl refuses it: the setting never takes effect: https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation",
  remedy: "write the field as the API has it, or remove it",
});
