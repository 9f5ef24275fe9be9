import { findDocument, valueAt } from "../config/kubeadm-documents.ts";
import type { ClusterSpec } from "../config/spec.ts";
import type { Lines } from "../render/text.ts";
import type { CheckSubject, NodeCheck, NodeProblem } from "./check.ts";
import { parseProgramVersion, versionShell } from "./program-version.ts";
import { problemCall, variable } from "./shell.ts";

/** The kubelet needs more of the runtime from year to year. */
export const containerdVersion: NodeCheck = {
  id: "ContainerdVersion",
  summary: "containerd is 2.0 or later with Kubernetes 1.35 and later.",
  reason:
    "1.x cannot tell the kubelet its cgroup driver (RuntimeConfig), and the kubelet's own setting goes away: https://git.k8s.io/enhancements/keps/sig-node/4033-group-driver-detection-over-cri",
  about: "machine",
  forKubelet: true,
  run,
  shell,
};

function run({ spec, facts }: CheckSubject): readonly NodeProblem[] {
  if (usesOtherRuntime(spec)) return [];
  const text = facts.versions.containerd;
  const installed = parseProgramVersion(text);
  if (text === undefined || installed === undefined) return [missing];
  return installed.major < 2 && asksRuntime(spec) ? [old(text)] : [];
}

function shell(spec: ClusterSpec): Lines {
  if (usesOtherRuntime(spec)) return [];
  return [
    ...versionShell("containerd"),
    'if [ -z "$version" ]; then',
    `  ${problemCall(missing)}`,
    ...(asksRuntime(spec)
      ? ['elif [ "$version_major" -lt 2 ]; then', `  ${problemCall(old(variable("version")))}`]
      : []),
    "fi",
  ];
}

/** Whether the user's documents name the socket of another runtime. */
function usesOtherRuntime({ kubeadmDocuments }: ClusterSpec): boolean {
  return ["InitConfiguration", "JoinConfiguration"].some((kind) => {
    const socket = valueAt(findDocument(kubeadmDocuments, kind), ["nodeRegistration", "criSocket"]);
    return typeof socket === "string" && socket !== "" && !socket.includes("containerd");
  });
}

function asksRuntime({ kubernetesVersion }: ClusterSpec): boolean {
  return kubernetesVersion.minor >= 35;
}

const missing: NodeProblem = {
  name: "ContainerdVersion",
  severity: "warning",
  message:
    "no containerd here tells its version: install it, or name another runtime's socket in nodeRegistration.criSocket of the kubeadm documents",
};

function old(text: string): NodeProblem {
  return {
    name: "ContainerdVersion",
    severity: "warning",
    message: `containerd ${text} cannot tell the kubelet its cgroup driver, which kubelets after 1.36 need: install containerd 2 (https://git.k8s.io/enhancements/keps/sig-node/4033-group-driver-detection-over-cri)`,
  };
}
