import { hitAtKey } from "../hit.ts";
import { apiReferences } from "./api-references.ts";
import { staticPodRule } from "./static-pods.ts";

export const PD05 = staticPodRule({
  id: "PD05",
  name: "api-reference",
  severity: "error",
  summary:
    "A static pod refers to nothing that only the API server knows: no Secret, ConfigMap, ServiceAccount, claim.",
  reason:
    "a kubelet since 1.34 refuses the file, and before that the API server refuses the pod's mirror: https://github.com/kubernetes/kubernetes/pull/131837",
  remedy: "use a hostPath volume or a plain value",
  check: (pod, { kubernetesMinor }) =>
    apiReferences(pod).map(({ part, resource }) =>
      hitAtKey(part, `static pods may not reference ${resource}`, kubernetesMinor < 34 ? { severity: "warning" } : {}),
    ),
});
