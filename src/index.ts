export { type ConfigurationInput, type Resolution, resolveConfiguration } from "./config/resolve.ts";
export type { ClusterSpec, NodeSpec } from "./config/spec.ts";
export type { Finding, Position, Severity } from "./findings/finding.ts";
export { formats } from "./formats/index.ts";
export type { Format, FormatOutput, OutputFile } from "./formats/format.ts";
export { kubeadmRules } from "./kubeadm/rules.ts";
export { makePlan } from "./plan/make-plan.ts";
export type { FileContent, Plan, PlannedFile, PlannedNode } from "./plan/plan.ts";
