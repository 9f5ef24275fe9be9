import { runsOn } from "../components/component.ts";
import { components } from "../components/index.ts";
import { type ClusterSpec, isAgentNode, type NodeSpec, runsOnHosts } from "../config/spec.ts";
import { labelCommands, selinuxBooleans } from "../plan/selinux.ts";
import type { NodeCheck, NodeProblem } from "./check.ts";
import { problemCall } from "./shell.ts";

/** Confined programs use what has their label, and nothing else of the host. */
export const selinux: NodeCheck = {
  id: "SELinux",
  summary: "SELinux lets the static pods read their files, and the services reach the API servers.",
  reason:
    "container_t has no right to the host's files but those labelled for containers (https://github.com/containers/container-selinux), and containerd confines only with enable_selinux = true, CRI-O always; services run in the domains of the distribution's programs (https://github.com/fedora-selinux/selinux-policy)",
  about: "machine",
  run: ({ spec, node, facts }) =>
    facts.selinux === "enforcing"
      ? problems(spec, node).flatMap(({ boolean, problem }) =>
          boolean === undefined || facts.selinuxBooleansOff.includes(boolean) ? [problem] : [],
        )
      : [],
  shell: (spec, node) => {
    const found = problems(spec, node);
    if (found.length === 0) return [];
    return [
      'if [ "$(cat /sys/fs/selinux/enforce 2>/dev/null)" = 1 ]; then',
      ...found.map(({ boolean, problem }) =>
        boolean === undefined
          ? `  ${problemCall(problem)}`
          : `  case $(cat /sys/fs/selinux/booleans/${boolean} 2>/dev/null) in 0*) ${problemCall(problem)} ;; esac`,
      ),
      "fi",
    ];
  },
};

/** The booleans that are looked at. */
export const knownBooleans: readonly string[] = Object.values(selinuxBooleans);

interface Found {
  /** The boolean that must be off for it to be a problem. */
  readonly boolean?: string;
  readonly problem: NodeProblem;
}

function problems(spec: ClusterSpec, node: NodeSpec): readonly Found[] {
  if (!runsOnHosts(spec)) return runsPods(spec, node) ? [{ problem: podLabels(spec) }] : [];
  if (!isAgentNode(spec, node)) return [];
  const { provider } = spec.loadBalancer;
  if (provider !== "haproxy" && provider !== "nginx") return [{ problem: serviceLabels(spec) }];
  const boolean = selinuxBooleans[provider];
  return [{ problem: serviceLabels(spec) }, { boolean, problem: leave(provider, boolean) }];
}

function runsPods(spec: ClusterSpec, node: NodeSpec): boolean {
  if (node.role !== "worker") return node.role === "control-plane";
  return components.some((other) => other.appliesTo(spec) && runsOn(other, spec, node));
}

function podLabels(spec: ClusterSpec): NodeProblem {
  return warning(
    `SELinux is enforcing: where the runtime confines containers (CRI-O, containerd with enable_selinux) the static pods cannot read their files until these have a label for containers: ${labelCommands(spec).join("; ")}; the same holds for kubeadm's own pods and /etc/kubernetes: https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/install-kubeadm/`,
  );
}

function serviceLabels(spec: ClusterSpec): NodeProblem {
  return warning(
    `SELinux is enforcing: the services need labels, once, and again for files that come later: ${labelCommands(spec).join("; ")}`,
  );
}

function leave(provider: string, boolean: string): NodeProblem {
  return {
    ...warning(
      `SELinux is enforcing and ${boolean} is off: ${provider} may connect to no API server: setsebool -P ${boolean}=1`,
    ),
    name: `SELinux-${boolean}`,
  };
}

function warning(message: string): NodeProblem {
  return { name: "SELinux", severity: "warning", message };
}
