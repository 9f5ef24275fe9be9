import { resolveConfiguration } from "../../src/config/resolve.ts";
import { type ClusterSpec, controlPlaneNodes, runsOnHosts } from "../../src/config/spec.ts";
import { UserError } from "../../src/errors.ts";
import { formatFindings } from "../../src/findings/text.ts";
import { kubeadmRules } from "../../src/kubeadm/rules.ts";

/** What a configuration asks of the machines. */
export interface Setup {
  readonly spec: ClusterSpec;
  readonly nodes: readonly SetupNode[];
  readonly virtualIPs: readonly string[];
  /** What a DNS server would say. */
  readonly names: Readonly<Record<string, string>>;
  /** What the runbook's first section installs from the distribution. */
  readonly installed: readonly string[];
}

export interface SetupNode {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly interface: string;
}

/** Reads ha.yaml; a mistake in it is an error with code 2. */
export function readSetup(config: string, kubernetesVersion: string): Setup {
  const file = { name: "ha.yaml", text: config };
  const { spec, findings } = resolveConfiguration({ file, flags: { kubernetesVersion }, rules: kubeadmRules });
  if (spec === undefined) throw new UserError("the configuration cannot be used", { findings });
  if (spec.nodes.length === 0) throw new UserError(`the configuration lists no nodes\n${formatFindings(findings)}`);
  const virtualIPs = spec.virtualIP.addresses.map(({ text }) => text);
  const byName = controlPlaneNodes(spec).flatMap(({ name, addresses }) => addresses.map(({ text }) => [name, text]));
  return {
    spec,
    virtualIPs,
    nodes: spec.nodes.map((node) => ({
      name: node.name,
      addresses: node.addresses.map(({ text }) => text),
      interface: node.interface ?? spec.virtualIP.interface ?? "eth0",
    })),
    names: { ...Object.fromEntries(byName), ...endpointName(spec) },
    installed: runsOnHosts(spec) ? [spec.virtualIP.provider, spec.loadBalancer.provider] : [],
  };
}

// Without a virtual IP the name has all control-plane nodes' addresses; the one that founds the cluster answers first.
function endpointName(spec: ClusterSpec): Record<string, string> {
  const { host } = spec.endpoint;
  const first = spec.virtualIP.addresses[0] ?? controlPlaneNodes(spec)[0]?.addresses[0];
  return /^[\d.]+$|:/.test(host) || first === undefined ? {} : { [host]: first.text };
}
