import { runsOn } from "../components/component.ts";
import { components } from "../components/index.ts";
import type { ClusterSpec, NodeSpec } from "../config/spec.ts";
import type { NodeCheck, NodeProblem } from "./check.ts";
import { problemCall } from "./shell.ts";

/** Confined containers read what has their label, and nothing else of the host. */
export const selinux: NodeCheck = {
  id: "SELinux",
  summary: "SELinux lets the static pods read their files.",
  reason:
    "container_t has no right to the host's files but those labelled for containers (https://github.com/containers/container-selinux); containerd confines only with enable_selinux = true, CRI-O always",
  about: "machine",
  run: ({ spec, node, facts }) => (runsPods(spec, node) && facts.selinux === "enforcing" ? [enforcing] : []),
  shell: (spec, node) =>
    runsPods(spec, node) ? [`[ "$(cat /sys/fs/selinux/enforce 2>/dev/null)" != 1 ] || ${problemCall(enforcing)}`] : [],
};

function runsPods(spec: ClusterSpec, node: NodeSpec): boolean {
  if (node.role !== "worker") return node.role === "control-plane";
  return components.some((other) => other.appliesTo(spec) && runsOn(other, spec, node));
}

const enforcing: NodeProblem = {
  name: "SELinux",
  severity: "warning",
  message:
    "SELinux is enforcing: where the runtime confines containers (CRI-O, containerd with enable_selinux) the static pods cannot read their files until these have a label for containers: semanage fcontext -a -t container_file_t '/etc/kubeadm-ha(/.*)?'; restorecon -R /etc/kubeadm-ha; the same holds for /run/kubeadm-ha, and for kubeadm's own pods and /etc/kubernetes: https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/install-kubeadm/",
};
