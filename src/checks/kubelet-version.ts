import type { ClusterSpec } from "../config/spec.ts";
import type { NodeCheck, NodeProblem } from "./check.ts";
import { parseProgramVersion, versionShell } from "./program-version.ts";
import { problemCall, variable } from "./shell.ts";

/** Kubernetes' version skew: https://kubernetes.io/releases/version-skew-policy/ */
export const kubeletVersion: NodeCheck = {
  id: "KubeletVersion",
  summary: "The installed kubelet is not newer than the API server, and at most three minors older.",
  reason: "Kubernetes supports no other pair: https://kubernetes.io/releases/version-skew-policy/",
  about: "machine",
  forKubelet: true,
  run: ({ spec, facts }) => {
    const text = facts.versions.kubelet;
    const installed = parseProgramVersion(text);
    if (text === undefined || installed === undefined) return [missing(spec)];
    const { minor } = spec.kubernetesVersion;
    if (installed.minor > minor) return [wrong(spec, text, tooNew)];
    return installed.minor < minor - 3 ? [wrong(spec, text, tooOld)] : [];
  },
  shell: (spec) => {
    const { minor } = spec.kubernetesVersion;
    const version = variable("version");
    return [
      ...versionShell("kubelet"),
      'if [ -z "$version" ]; then',
      `  ${problemCall(missing(spec))}`,
      `elif [ "$version_minor" -gt ${minor} ]; then`,
      `  ${problemCall(wrong(spec, version, tooNew))}`,
      `elif [ "$version_minor" -lt ${minor - 3} ]; then`,
      `  ${problemCall(wrong(spec, version, tooOld))}`,
      "fi",
    ];
  },
};

const tooNew = "newer than";
const tooOld = "more than three minors older than";

function missing({ kubernetesVersion }: ClusterSpec): NodeProblem {
  const message = `no kubelet here tells its version: install kubelet 1.${kubernetesVersion.minor}`;
  return { name: "KubeletVersion", severity: "warning", message };
}

function wrong({ kubernetesVersion }: ClusterSpec, text: string, what: string): NodeProblem {
  return {
    name: "KubeletVersion",
    severity: "error",
    message: `kubelet ${text} is ${what} Kubernetes ${kubernetesVersion.text}, which is not supported: install kubelet 1.${kubernetesVersion.minor}`,
  };
}
