import { components } from "../components/index.ts";
import { type PortUse, runsOn } from "../components/component.ts";
import type { ClusterSpec, NodeSpec } from "../config/spec.ts";
import type { Lines } from "../render/text.ts";
import type { NodeCheck, NodeProblem } from "./check.ts";
import { takes, takesShell } from "./listening.ts";
import { problemCall, variable } from "./shell.ts";

/** Who comes second to a port never starts. */
export const port: NodeCheck = {
  id: "Port",
  summary: "Nobody listens where the load balancer or the virtual IP's agent is to listen.",
  reason: "they use the host's network, and there the second program on a port never starts",
  about: "machine",
  run: ({ spec, node, facts }) =>
    facts.prepared && facts.member
      ? []
      : binds(spec, node).flatMap((use) => {
          const listener = facts.listeners.find((other) => other.port === use.port && takes(other.address, use.bind));
          return listener === undefined ? [] : [taken(use, listener.address)];
        }),
  shell: (spec, node) => {
    const uses = binds(spec, node);
    return uses.length === 0 ? [] : [`[ -z "$prepared" ] || [ -z "$member" ] || return 0`, ...uses.flatMap(useShell)];
  },
};

type Bind = PortUse & { readonly bind: string; readonly component: string };

/** The ports that our programs bind; the API server's is for kubeadm's own checks. */
function binds(spec: ClusterSpec, node: NodeSpec): readonly Bind[] {
  return components
    .filter((component) => component.appliesTo(spec) && runsOn(component, spec, node))
    .flatMap((component) =>
      component
        .ports(spec)
        .flatMap((use) => (use.bind === undefined ? [] : [{ ...use, bind: use.bind, component: component.name }])),
    );
}

function useShell(use: Bind): Lines {
  return [
    "port_address=$(",
    "  ss -ltnH 2>/dev/null | while read -r _ _ _ port_socket _; do",
    `    [ "\${port_socket##*:}" = ${use.port} ] || continue`,
    "    port_host=${port_socket%:*}",
    // A socket that is bound to an interface: 0.0.0.0%eth0, [fe80::1]%eth0.
    "    port_host=${port_host%%%*}",
    "    port_host=${port_host#[[]}",
    "    port_host=${port_host%]}",
    "    case $port_host in",
    ...takesShell(use.bind, 'printf "%s\\n" "$port_host"').map((line) => `      ${line}`),
    "    esac",
    "  done | head -n 1",
    ")",
    `[ -z "$port_address" ] || ${problemCall(taken(use, variable("port_address")))}`,
  ];
}

function taken({ port, component }: Bind, address: string): NodeProblem {
  return {
    name: `Port-${port}`,
    severity: "error",
    message: `a program listens on TCP port ${port} (address ${address}), which ${component} needs: stop it (ss -ltnp 'sport = :${port}' names it), or choose another port in ha.yaml`,
  };
}
