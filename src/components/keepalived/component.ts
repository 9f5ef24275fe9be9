import { type ClusterSpec, hasDedicatedBalancers, isAgentNode, type NodeSpec, runsOnHosts } from "../../config/spec.ts";
import type { PlannedFile } from "../../plan/plan.ts";
import type { Component, PortUse } from "../component.ts";
import { generatedBy } from "../../render/generated-by.ts";
import { directorSettings, sysctlPath } from "../lvs/kernel-settings.ts";
import { plannedFile, staticPodFile } from "../planned-file.ts";
import { serviceFile, serviceName } from "../service-unit.ts";
import { holderCheck } from "../vip-checks.ts";
import { keepalivedConfig } from "./config.ts";
import { forwardingSettings, needsForwarding } from "./forwarding.ts";
import { healthCheck } from "./health-check.ts";
import { drainFlagPath, keepalivedConfigPath, runDirectory } from "./paths.ts";
import { keepalivedPod, keepalivedPodComments } from "./pod.ts";
import { keepalivedService } from "./service.ts";

/** keepalived as a static pod on every control-plane node: VRRP elects the holder of the VIP. */
export const keepalived: Component = {
  name: "keepalived",
  summary: "holds the VIP by VRRP on a node whose load balancer (or API server) works",
  place: "agents",
  appliesTo: (spec) => spec.virtualIP.provider === "keepalived",
  files,
  images: (spec) => (runsOnHosts(spec) ? [] : [spec.images.keepalived]),
  programs: ["keepalived", "nc"],
  ports,
  kernel: [
    "a network that lets IP protocol 112 (VRRP) and gratuitous ARP pass between the nodes; most clouds do not",
    "inotify, for the drain flag",
  ],
  packages: ["keepalived", "netcat-openbsd", "curl"],
  kubeadm: (spec) => ({ certSANs: spec.virtualIP.addresses.map(({ text }) => text) }),
  reload: (spec) =>
    runsOnHosts(spec)
      ? `systemctl reload ${serviceName("keepalived")}`
      : `kill -s HUP "$(pgrep -o -f '^keepalived .*${keepalivedConfigPath}')"`,
  configCheck: { path: keepalivedConfigPath, command: ["keepalived", "--config-test", "--use-file"] },
  runbook: (spec) => ({
    checks: [
      ...spec.virtualIP.addresses.map(holderCheck),
      ...(isLVS(spec)
        ? []
        : [
            {
              command: runsOnHosts(spec)
                ? `${healthCheck(spec).path}; echo $?`
                : `crictl exec "$(crictl ps -q --name '^keepalived$')" ${healthCheck(spec).path}; echo $?`,
              reason: "the check that decides whether this node may hold the VIP: 0 is yes",
            },
          ]),
      {
        command: runsOnHosts(spec)
          ? `journalctl --no-pager -n 20 -u ${serviceName("keepalived")}`
          : "crictl logs --tail 20 \"$(crictl ps -q --name '^keepalived$')\"",
        reason: "the last changes of state, with their cause",
      },
      {
        command: `echo 1 > ${drainFlagPath}`,
        reason: `hands the VIP over before work on this node; rm ${drainFlagPath} makes it a candidate again`,
      },
    ],
    limits: [
      ...(spec.keepalived.hmacKeyFile === undefined
        ? []
        : [
            "Nodes with another key, without one, or whose clocks differ by more than 5 s do not hear each other, and each takes the VIP: keep time by NTP, and change the key within a planned outage.",
          ]),
      "VRRP has no quorum: nodes that cannot hear each other each take the VIP, until they can.",
      `keepalived killed without notice leaves the VIP on its node beside the new holder's until ${runsOnHosts(spec) ? "systemd" : "the kubelet"} has restarted it.`,
      ...(needsForwarding(spec)
        ? [
            `${sysctlPath} makes these machines pass on what comes in on the virtual IP's interface for others; after kubeadm-ha reset it stays so until the machine boots. A firewall that drops forwarded packets costs clients up to 30 s after some network splits.`,
          ]
        : []),
      ...(hasDedicatedBalancers(spec) && !isLVS(spec) && spec.virtualIP.addresses.some(({ family }) => family === 6)
        ? [
            "A balancer that lost the virtual IP does not pass on IPv6, since that would cost the machine a default route learned from a router: after some network splits clients wait for up to 30 s. Where no route is learned so, net.ipv6.conf.all.forwarding = 1 ends that.",
          ]
        : []),
      ...(spec.loadBalancer.provider === "none"
        ? [
            "Without a load balancer all clients use the holder's API server, and when it dies they wait for three failed checks.",
          ]
        : isLVS(spec)
          ? []
          : [
              `${spec.loadBalancer.provider} stopped in an orderly way is noticed within a second, not at once: hand the VIP over first.`,
            ]),
    ],
  }),
};

function files(spec: ClusterSpec, node: NodeSpec): readonly PlannedFile[] {
  if (!isAgentNode(spec, node)) return [];
  return [
    plannedFile(node, { path: "/etc/tmpfiles.d/kubeadm-ha.conf", mode: 0o644, phase: "host" }, temporaryFiles),
    plannedFile(node, { path: keepalivedConfigPath, mode: 0o644, phase: "virtual-ip" }, keepalivedConfig(spec, node)),
    ...(isLVS(spec) ? [kernelFile(node, directorSettings)] : [checkFile(spec, node)]),
    ...(needsForwarding(spec) ? [kernelFile(node, forwardingSettings(node))] : []),
    runsOnHosts(spec)
      ? serviceFile(node, "virtual-ip", keepalivedService(spec))
      : staticPodFile(spec, node, { phase: "virtual-ip", pod: keepalivedPod(spec), comments: keepalivedPodComments }),
  ];
}

function isLVS({ loadBalancer }: ClusterSpec): boolean {
  return loadBalancer.provider === "lvs";
}

function checkFile(spec: ClusterSpec, node: NodeSpec): PlannedFile {
  const { path, script } = healthCheck(spec);
  return plannedFile(node, { path, mode: 0o755, phase: "virtual-ip" }, script);
}

function kernelFile(node: NodeSpec, settings: string): PlannedFile {
  return plannedFile(node, { path: sysctlPath, mode: 0o644, phase: "host" }, settings);
}

const temporaryFiles = `# ${generatedBy}
# The drain flag lives here. The directory must exist before keepalived starts, or it is not watched.
d ${runDirectory} 0700 root root -
`;

function ports(spec: ClusterSpec): readonly PortUse[] {
  return [
    {
      port: 112,
      protocol: "ip",
      from: hasDedicatedBalancers(spec) ? "load balancers" : "control plane",
      why: `VRRP adverts between the ${hasDedicatedBalancers(spec) ? "load balancers" : "control-plane nodes"}, and from nobody else: they are not authenticated`,
    },
    ...(spec.loadBalancer.provider === "none" || isLVS(spec)
      ? [{ port: spec.apiServerPort, protocol: "tcp", from: "clients", why: "the Kubernetes API on the VIP" } as const]
      : []),
  ];
}
