import { apiVersionRule } from "./judged.ts";

export const SC05 = apiVersionRule(
  {
    id: "SC05",
    name: "api-version-not-served",
    severity: "error",
    summary: "This release of Kubernetes serves the API version and has the kind.",
    reason:
      "the API server answers that there is no such kind: https://kubernetes.io/docs/reference/using-api/deprecation-guide/",
    remedy: "write the API version that the release serves",
  },
  ({ news }) =>
    news.state === "gone" || news.state === "not yet" || news.state === "no such kind"
      ? { message: news.message, remedy: news.remedy }
      : undefined,
);
