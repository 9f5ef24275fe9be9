import { schemaRule } from "./judged.ts";

export const SC04 = schemaRule("value", {
  id: "SC04",
  name: "wrong-value",
  severity: "error",
  summary: "Quantities, times, numbers and the words of a pod are such that the API server takes them.",
  reason:
    "published schemas call them texts, but the API server refuses the object: https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/apis/core/validation/validation.go",
  remedy: "write one of the values that the API has",
});
