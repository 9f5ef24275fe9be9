import { components } from "../components/index.ts";
import { type ClusterSpec, isAgentNode, type NodeSpec, runsOnHosts } from "../config/spec.ts";
import type { NodeCheck, NodeProblem } from "./check.ts";
import { knownUnits } from "./service.ts";
import { problemCall } from "./shell.ts";

/** A profile of somebody else knows the distribution's paths, not ours. */
export const appArmor: NodeCheck = {
  id: "AppArmor",
  summary: "Where keepalived and the balancer are services, no AppArmor profile confines them to other files.",
  reason:
    "a profile lists the files that a program may read; Debian's packages of keepalived, haproxy and nginx bring none, and static pods need nothing that the runtimes' default profile forbids: https://docs.kernel.org/admin-guide/LSM/apparmor.html",
  about: "machine",
  run: ({ spec, node, facts }) =>
    problems(spec, node)
      .filter(({ daemon }) => facts.appArmorProfiles.includes(daemon))
      .map(({ problem }) => problem),
  shell: (spec, node) => {
    const found = problems(spec, node);
    if (found.length === 0) return [];
    return [
      "if [ -r /sys/kernel/security/apparmor/profiles ]; then",
      "  while read -r profile mode; do",
      '    case "$mode ${profile#/usr/sbin/}" in',
      ...found.map(({ daemon, problem }) => `    '(enforce) ${daemon}') ${problemCall(problem)} ;;`),
      "    esac",
      "  done < /sys/kernel/security/apparmor/profiles",
      "fi",
    ];
  },
};

function problems(
  spec: ClusterSpec,
  node: NodeSpec,
): readonly { readonly daemon: string; readonly problem: NodeProblem }[] {
  if (!runsOnHosts(spec) || !isAgentNode(spec, node)) return [];
  const used = new Set(components.filter((component) => component.appliesTo(spec)).flatMap(({ programs }) => programs));
  return knownUnits.filter((daemon) => used.has(daemon)).map((daemon) => ({ daemon, problem: confined(daemon) }));
}

function confined(daemon: string): NodeProblem {
  return {
    name: `AppArmor-${daemon}`,
    severity: "warning",
    message: `an AppArmor profile confines ${daemon}: add \`/etc/kubeadm-ha/** r,\` and \`/run/kubeadm-ha/** rwk,\` to it, or see with journalctl -k what it is denied`,
  };
}
