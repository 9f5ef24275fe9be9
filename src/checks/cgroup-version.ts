import { valueAt } from "../config/kubeadm-documents.ts";
import type { ClusterSpec } from "../config/spec.ts";
import type { NodeCheck, NodeProblem } from "./check.ts";
import { problemCall } from "./shell.ts";

/** A kubelet that refuses to start is no member. */
export const cgroupVersion: NodeCheck = {
  id: "CgroupVersion",
  summary: "The machine has cgroup v2.",
  reason:
    "the kubelet's failCgroupV1 is true by default since 1.35 (https://github.com/kubernetes/kubernetes/pull/134298), and version 1 in maintenance since 1.31",
  about: "machine",
  forKubelet: true,
  run: ({ spec, facts }) => (facts.cgroupVersion === 1 ? problemsOfVersion1(spec) : []),
  shell: (spec) =>
    problemsOfVersion1(spec).flatMap((problem) => [
      'if [ ! -e /sys/fs/cgroup/cgroup.controllers ] && [ -n "$(ls -A /sys/fs/cgroup 2>/dev/null)" ]; then',
      `  ${problemCall(problem)}`,
      "fi",
    ]),
};

function problemsOfVersion1(spec: ClusterSpec): readonly NodeProblem[] {
  const { minor } = spec.kubernetesVersion;
  if (minor < 31) return [];
  if (minor < 35)
    return [version1("warning", "Kubernetes gives it only maintenance and 1.35 refuses it: plan the change")];
  return [
    accepted(spec)
      ? version1("warning", "the kubelet starts only because failCgroupV1 is false: plan the change")
      : version1(
          "error",
          "the kubelet of 1.35 and later refuses to start: boot with systemd.unified_cgroup_hierarchy=1, or give a KubeletConfiguration with failCgroupV1: false",
        ),
  ];
}

function accepted(spec: ClusterSpec): boolean {
  return spec.kubeadmDocuments.some(
    (document) => document.kind === "KubeletConfiguration" && valueAt(document, ["failCgroupV1"]) === false,
  );
}

function version1(severity: NodeProblem["severity"], what: string): NodeProblem {
  return { name: "CgroupVersion", severity, message: `this machine has cgroup v1, and ${what}` };
}
