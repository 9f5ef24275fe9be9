import type { ClusterSpec, NodeSpec } from "../../config/spec.ts";
import type { PlannedFile } from "../../plan/plan.ts";
import { comment } from "../../render/text.ts";
import type { Component } from "../component.ts";
import { plannedFile } from "../planned-file.ts";
import { serviceFile, serviceName, type ServiceUnit } from "../service-unit.ts";
import { memberSettings, sysctlPath } from "./kernel-settings.ts";
import { memberScript, memberScriptPath } from "./member-script.ts";

/** LVS by direct routing, experimental: keepalived of the load-balancer nodes tells the kernel, and the API servers have the address on lo. */
export const lvs: Component = {
  name: "kubeadm-ha-lvs-member",
  summary: "has the virtual IP on lo of control-plane nodes, for LVS (experimental)",
  place: "control-plane",
  appliesTo: (spec) => spec.loadBalancer.provider === "lvs",
  files,
  images: () => [],
  ports: (spec) => [
    {
      port: spec.apiServerPort,
      protocol: "tcp",
      from: "clients",
      why: "the Kubernetes API at the virtual IP, whose packets come from the load balancers and keep the client's address",
    },
  ],
  kernel: ["IPVS (ip_vs, ip_vs_lc) on the load-balancer nodes"],
  programs: [],
  packages: ["curl", "iproute2"],
  kubeadm: () => ({ certSANs: [] }),
  runbook: (spec) => ({
    checks: [
      {
        command: "cat /proc/net/ip_vs",
        reason: "the API servers that this load balancer passes connections to",
      },
    ],
    limits: [
      "LVS is experimental here: it was never rehearsed on a kernel with IPVS. haproxy is the load balancer to choose.",
      `Control-plane nodes have ${spec.virtualIP.addresses.map(({ text }) => text).join(" and ")} on lo while their API server is ready (${serviceName("lvs-member")}); a connection through the virtual IP ends when it goes.`,
      "The load balancers ask /readyz without checking the certificate: keepalived's SSL_GET knows no CA. With --anonymous-auth=false the answer is 401, and no API server is used.",
      `The kernel's settings of ${sysctlPath} stay after kubeadm-ha reset until the machine boots.`,
    ],
  }),
};

function files(spec: ClusterSpec, node: NodeSpec): readonly PlannedFile[] {
  if (node.role !== "control-plane") return [];
  const phase = "load-balancer";
  return [
    plannedFile(node, { path: sysctlPath, mode: 0o644, phase: "host" }, memberSettings),
    plannedFile(node, { path: memberScriptPath, mode: 0o755, phase }, memberScript(spec)),
    serviceFile(node, phase, memberService),
  ];
}

const memberService: ServiceUnit = {
  name: "lvs-member",
  description: "Virtual IP of the Kubernetes API on lo (experimental, kubeadm-ha)",
  whyAfter: "Stopped before the network.",
  after: ["network.target"],
  service: [
    "Type=simple",
    ...comment("Before the address is there, or this machine would answer for it on the network."),
    `ExecStartPre=+/usr/sbin/sysctl --quiet --load=${sysctlPath}`,
    `ExecStart=/bin/sh ${memberScriptPath}`,
    "RestartSec=500ms",
    "TimeoutStopSec=5s",
  ],
  capabilities: ["NET_ADMIN"],
  noNewPrivileges: false,
};
