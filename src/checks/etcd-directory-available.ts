import type { ClusterSpec, NodeSpec } from "../config/spec.ts";
import { problemName } from "../plan/node-messages.ts";
import type { NodeCheck, NodeProblem } from "./check.ts";
import { etcdDataDirectory } from "./kubeadm-files.ts";
import { problemCall, variable, word } from "./shell.ts";

/** etcd would take up the data of another cluster. */
export const etcdDirectoryAvailable: NodeCheck = {
  id: "DirAvailable",
  summary: "A machine that is in no cluster has no data of etcd.",
  reason: "a new member of etcd must begin empty, and kubeadm refuses a directory that is not",
  about: "files",
  run: ({ spec, node, role, facts }) => {
    const path = dataDirectory(spec, node);
    return path === undefined || facts.member || !facts.etcdData ? [] : [notEmpty(path, role)];
  },
  shell: (spec, node) => {
    const path = dataDirectory(spec, node);
    return path === undefined
      ? []
      : [
          `[ -n "$member" ] || [ -z "$(ls -A ${word(`${variable("root")}${path}`)} 2>/dev/null)" ] ||`,
          `  ${problemCall(notEmpty(path, variable("role")))}`,
        ];
  },
};

function dataDirectory(spec: ClusterSpec, node: NodeSpec): string | undefined {
  return node.role === "control-plane" ? etcdDataDirectory(spec) : undefined;
}

function notEmpty(path: string, role: string): NodeProblem {
  return {
    name: problemName("DirAvailable", path),
    severity: "error",
    message: `${path} is not empty, though this machine is in no cluster (no /etc/kubernetes/kubelet.conf): kubeadm ${role} refuses another cluster's data; save what is needed of it, then run kubeadm reset`,
  };
}
