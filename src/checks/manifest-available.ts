import { problemName } from "../plan/node-messages.ts";
import type { NodeCheck, NodeProblem } from "./check.ts";
import { kubeadmManifests } from "./kubeadm-files.ts";
import { problemCall, variable } from "./shell.ts";

/** What another cluster left would start beside ours. */
export const manifestAvailable: NodeCheck = {
  id: "FileAvailable",
  summary: "A machine that is in no cluster has no static pods of a control plane.",
  reason: "they belong to another cluster, the kubelet would run them, and kubeadm refuses them",
  about: "files",
  run: ({ node, role, facts }) =>
    node.role !== "control-plane" || facts.member
      ? []
      : kubeadmManifests
          .filter((name) => facts.manifests.some((manifest) => manifest.name === name))
          .map((name) => leftover(name, role)),
  shell: (_, node) =>
    node.role !== "control-plane"
      ? []
      : [
          '[ -z "$member" ] || return 0',
          `for manifest in ${kubeadmManifests.join(" ")}; do`,
          '  if [ -e "$root/etc/kubernetes/manifests/$manifest" ] || [ -L "$root/etc/kubernetes/manifests/$manifest" ]; then',
          `    ${problemCall(leftover(variable("manifest"), variable("role")))}`,
          "  fi",
          "done",
        ],
};

function leftover(name: string, role: string): NodeProblem {
  const path = `/etc/kubernetes/manifests/${name}`;
  return {
    name: problemName("FileAvailable", path),
    severity: "error",
    message: `${path} exists, though this machine is in no cluster (no /etc/kubernetes/kubelet.conf): kubeadm ${role} refuses what another cluster left; run kubeadm reset first`,
  };
}
