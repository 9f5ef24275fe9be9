import { apiVersionRule } from "./judged.ts";

export const SC06 = apiVersionRule(
  {
    id: "SC06",
    name: "api-version-deprecated",
    severity: "warning",
    summary: "An object is written in an API version that will stay.",
    reason:
      "the API server warns at every use, and a later release no longer serves it: https://kubernetes.io/docs/reference/using-api/deprecation-policy/",
    remedy: "write the newer API version",
  },
  ({ news }) => (news.state === "deprecated" ? { message: news.message, remedy: news.remedy } : undefined),
);
