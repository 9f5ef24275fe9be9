import { type ClusterSpec, isAgentNode, type NodeSpec, runsOnHosts } from "../../config/spec.ts";
import { agentManifests, agentUnits } from "../../plan/node-files.ts";
import {
  keptMessages,
  nodeChangedMessage,
  placementChangedMessage,
  stackChangedMessage,
} from "../../plan/node-messages.ts";
import { vrrpNumbers } from "../../plan/state.ts";
import { shellWord } from "../../render/text.ts";

/** The function that compares with the state of an earlier run; the same questions as `stateProblems`. */
export function stateComparison(spec: ClusterSpec, node: NodeSpec): string {
  const { virtualRouterID, rank } = vrrpNumbers(spec, node, undefined);
  const after = { virtualIP: spec.virtualIP.provider, loadBalancer: spec.loadBalancer.provider };
  const stacks = ["kube-vip", "keepalived", "none"].flatMap((virtualIP) =>
    ["none", "haproxy", "nginx", "lvs", "external"].map((loadBalancer) => ({ virtualIP, loadBalancer })),
  );
  const cases = stacks
    .filter((stack) => stack.virtualIP !== after.virtualIP || stack.loadBalancer !== after.loadBalancer)
    .map(
      (before) =>
        `  ${before.virtualIP}:${before.loadBalancer}) problem error StackChanged ${shellWord(stackChangedMessage(before, after))} ;;`,
    );
  const kept = [
    [virtualRouterID, "virtualRouterID", "VirtualRouterIDKept", keptMessages.virtualRouterID],
    [rank, "rank", "RankKept", keptMessages.rank],
  ] as const;
  const keptLines = kept.flatMap(([value, variable, name, message]) =>
    value === null
      ? []
      : [`  [ "$${variable}" = ${value} ] || problem warning ${name} "${message(`$${variable}`, String(value))}"`],
  );
  return `# What an earlier run decided and this one must not overturn by the way.
compare_with_state() {
  about=files
  [ -n "$prepared" ] || return 0
  [ "$state_node" = "$node" ] || problem error NodeChanged "${nodeChangedMessage("$state_node", "$node")}"
  case $state_virtual_ip:$state_load_balancer in
${cases.join("\n")}
  esac
${placementLines(spec, node)}${keptLines.join("\n")}
}`;
}

function placementLines(spec: ClusterSpec, node: NodeSpec): string {
  if (!isAgentNode(spec, node)) return "";
  const found = runsOnHosts(spec)
    ? { had: "static-pod", wants: "systemd", paths: agentManifests }
    : { had: "systemd", wants: "static-pod", paths: agentUnits };
  const pattern = found.paths.map((path) => `*${path}:*`).join(" | ");
  const message = shellWord(placementChangedMessage(found.had, found.wants));
  return `  case $state_files in ${pattern}) problem error StackChanged ${message} ;; esac\n`;
}
