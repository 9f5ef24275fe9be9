import { type ClusterSpec, isAgentNode, type NodeSpec } from "../../config/spec.ts";
import type { PlannedFile } from "../../plan/plan.ts";
import type { Component } from "../component.ts";
import { plannedFile } from "../planned-file.ts";
import { serviceFile, serviceName } from "../service-unit.ts";
import { redirectFamilies, redirectRules, redirectRulesPath, redirectTable } from "./rules.ts";
import { redirectScript, redirectScriptPath } from "./script.ts";
import { redirectService } from "./service.ts";

/** A port of the virtual IP that leads to the load balancer's: 6443, where the API server beside it has the socket. */
export const redirect: Component = {
  name: "kubeadm-ha-redirect",
  summary: "leads a port of the virtual IP to the load balancer on the same node",
  place: "agents",
  appliesTo: (spec) => spec.loadBalancer.redirectFrom !== undefined,
  files,
  images: () => [],
  ports: () => [],
  kernel: ["nftables with NAT (nf_tables, nft_nat, nft_fib), Linux 4.18 and later"],
  programs: ["nft"],
  isService: true,
  packages: ["nftables"],
  kubeadm: () => ({ certSANs: [] }),
  reload: () => `systemctl restart ${serviceName("redirect")}`,
  configCheck: { path: redirectRulesPath, command: ["nft", "--check", "--file"] },
  runbook: (spec) => {
    const { provider, port, redirectFrom } = spec.loadBalancer;
    return {
      checks: redirectFamilies(spec).map((family) => ({
        command: `nft list table ${family} ${redirectTable}`,
        reason: `the rules that lead port ${redirectFrom} to ${port}; they are gone while ${provider} on this node does not answer`,
      })),
      limits: [
        `Port ${redirectFrom} of the virtual IP is ${provider}'s only as long as ${serviceName("redirect")} runs; without it clients reach the API server of the holder alone.`,
        `A firewall sees connections to port ${redirectFrom} of the virtual IP as connections to port ${port}.`,
      ],
    };
  },
};

function files(spec: ClusterSpec, node: NodeSpec): readonly PlannedFile[] {
  if (!isAgentNode(spec, node)) return [];
  const phase = "load-balancer";
  return [
    plannedFile(node, { path: redirectRulesPath, mode: 0o644, phase }, redirectRules(spec)),
    plannedFile(node, { path: redirectScriptPath, mode: 0o755, phase }, redirectScript(spec)),
    serviceFile(node, phase, redirectService(spec)),
  ];
}
