import { schemaRule } from "./judged.ts";

export const SC03 = schemaRule("missing", {
  id: "SC03",
  name: "missing-field",
  severity: "error",
  summary: "An object has every field that its kind requires.",
  reason:
    "the API server refuses the object: https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation",
  remedy: "add the field",
});
