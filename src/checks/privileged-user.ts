import type { NodeCheck, NodeProblem } from "./check.ts";
import { problemCall } from "./shell.ts";

/** The files belong to root. */
export const privilegedUser: NodeCheck = {
  id: "IsPrivilegedUser",
  summary: "The user is root.",
  reason: "the kubelet runs what stands in /etc/kubernetes/manifests, so only root may write there",
  about: "machine",
  run: ({ facts }) => (facts.privileged ? [] : [notRoot]),
  shell: () => [`[ "$(id -u)" = 0 ] || ${problemCall(notRoot)}`],
};

const notRoot: NodeProblem = {
  name: "IsPrivilegedUser",
  severity: "error",
  message: "the user is not root, to whom the files must belong: run it with sudo",
};
