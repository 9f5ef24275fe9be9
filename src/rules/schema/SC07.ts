import { apiVersionRule } from "./judged.ts";

export const SC07 = apiVersionRule(
  {
    id: "SC07",
    name: "unknown-kind",
    severity: "warning",
    summary: "Every kind has a schema, where --unknown-kinds asks for it.",
    reason:
      "an object without a schema was not checked: https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/custom-resources/",
    remedy: "name the directory of its CustomResourceDefinition with --schema-location",
  },
  ({ news, apiVersion, kind }, { unknownKinds = "skip" }) =>
    news.state === "foreign" && unknownKinds !== "skip"
      ? {
          message: `${kind} of ${apiVersion} was not checked: there is no schema for it`,
          severity: unknownKinds === "error" ? "error" : "warning",
        }
      : undefined,
);
