import { join } from "node:path";

import { useWorkerProxyPath } from "../components/worker-proxy/use-worker-proxy.ts";
import { ExitCode, UserError } from "../errors.ts";
import { readTextIfExists, statusOf } from "../host/files.ts";
import { runProgram } from "../host/run-program.ts";
import type { NodeState } from "../plan/state.ts";
import { isChangedByHand } from "./node-state.ts";

/**
 * Leads the kubelet of a worker back to the endpoint before its proxy goes: else the node would be lost to its
 * cluster. Returns lines for the report; none where the kubelet uses no proxy.
 */
export function leaveWorkerProxy(root: string, state: NodeState): readonly string[] {
  const proxy = proxyOfKubelet(root, state);
  if (proxy === undefined) return [];
  if (!canUndo(root, state))
    return [
      `[reset] "${kubeletConf}" still names ${proxy}, where nothing listens any more: write the endpoint there and restart the kubelet`,
    ];
  const answer = runProgram(["sh", useWorkerProxyPath, "--undo"]);
  if (answer.state === "missing" || answer.status !== 0)
    throw new UserError(
      `cannot lead the kubelet back from the proxy (${answer.state === "missing" ? "no sh" : answer.stderr.trim()}); the rest of reset waits for it`,
      { exitCode: ExitCode.environment },
    );
  return [
    `[reset] Leading the kubelet back from its proxy: ${answer.stdout.trim()}`,
    `[reset] kube-proxy's ConfigMap may still name ${proxy}: in a cluster that goes on, write the endpoint there (kubectl -n kube-system edit configmap kube-proxy)`,
  ];
}

/** The same for --dry-run. */
export function wouldLeaveWorkerProxy(root: string, state: NodeState): readonly string[] {
  const proxy = proxyOfKubelet(root, state);
  return proxy === undefined || !canUndo(root, state)
    ? []
    : [`[reset] Would lead the kubelet back from its proxy at ${proxy}`];
}

const kubeletConf = "/etc/kubernetes/kubelet.conf";

function proxyOfKubelet(root: string, { files }: NodeState): string | undefined {
  if (!files.some(({ path }) => path === useWorkerProxyPath)) return undefined;
  return /^ *server: *(https:\/\/127\.0\.0\.1:\d+) *$/m.exec(readTextIfExists(join(root, kubeletConf)) ?? "")?.[1];
}

// Another root's kubelet does not run here.
function canUndo(root: string, state: NodeState): boolean {
  return (
    root === "/" &&
    statusOf(join(root, useWorkerProxyPath)) !== undefined &&
    !isChangedByHand(root, useWorkerProxyPath, state)
  );
}
