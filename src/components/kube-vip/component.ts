import type { ClusterSpec, NodeSpec } from "../../config/spec.ts";
import { parseAddress } from "../../net/address.ts";
import { fixed, perRole, type PlannedFile } from "../../plan/plan.ts";
import type { Component, PortUse } from "../component.ts";
import { generatedBy } from "../../render/generated-by.ts";
import { manifestPlace, manifestText, plannedFile } from "../planned-file.ts";
import { holderCheck } from "../vip-checks.ts";
import { leaseName } from "./environment.ts";
import { hostsPath, kubeVipPod, kubeVipPodComments } from "./pod.ts";

/** kube-vip as a static pod on every control-plane node: a Lease elects the holder of the VIP. */
export const kubeVip: Component = {
  name: "kube-vip",
  summary: "holds the VIP by ARP on the node that has a Lease in the Kubernetes API",
  appliesTo: (spec) => spec.virtualIP.provider === "kube-vip",
  files,
  images: (spec) => [spec.images.kubeVip],
  ports,
  kernel: ["a network that lets gratuitous ARP pass between the nodes; most clouds do not"],
  packages: [],
  kubeadm: (spec) => ({ certSANs: spec.virtualIP.addresses.map(({ text }) => text) }),
  reload: () =>
    "kube-vip reads its settings once: a changed manifest makes the kubelet replace the pod, about 15 s without VIP on a single node and 1 s on more",
  runbook: (spec) => ({
    checks: [
      ...spec.virtualIP.addresses.map(holderCheck),
      {
        command: `kubectl --kubeconfig /etc/kubernetes/admin.conf -n kube-system get lease ${leaseName} -o jsonpath='{.spec.holderIdentity}{"\\n"}'`,
        reason: "the node that holds the VIP",
      },
      {
        command: "crictl logs --tail 20 \"$(crictl ps -q --name '^kube-vip$')\"",
        reason: "why it has or lost the lease",
      },
    ],
    limits: limits(spec),
  }),
};

function files(spec: ClusterSpec, node: NodeSpec): readonly PlannedFile[] {
  if (node.role !== "control-plane") return [];
  return [
    ...(spec.kubeVip.hosts === "file"
      ? [plannedFile(node, { path: hostsPath, mode: 0o644, phase: "virtual-ip" }, hostsFile)]
      : []),
    manifestFile(spec, node),
  ];
}

function manifestFile(spec: ClusterSpec, node: NodeSpec): PlannedFile {
  const variants = perRole((role) => fixed(manifestText(kubeVipPod(spec, node, role), kubeVipPodComments(spec))));
  const file = { node: node.name, ...manifestPlace("kube-vip", "virtual-ip"), variants };
  if (spec.kubeVip.bootstrapCredential !== "super-admin") return file;
  return {
    ...file,
    // With admin.conf the founder's pod is that of every other node.
    get finalized() {
      return variants.join ?? undefined;
    },
  };
}

const hostsFile = `# ${generatedBy}
# /etc/hosts of the kube-vip pod: kubernetes is a name in the API server's certificate.
127.0.0.1 localhost kubernetes
::1 localhost
`;

function ports(spec: ClusterSpec): readonly PortUse[] {
  const metrics = metricsPort(spec.kubeVip.metricsAddress);
  return [
    ...(spec.loadBalancer.provider === "none"
      ? [{ port: spec.apiServerPort, protocol: "tcp", from: "clients", why: "the Kubernetes API on the VIP" } as const]
      : []),
    ...(metrics === undefined ? [] : [metrics]),
  ];
}

function metricsPort(address: string): PortUse | undefined {
  const match = /^(.*):(\d+)$/.exec(address);
  if (match === null) return undefined;
  const host = match[1] ?? "";
  const loopback = ["127.0.0.1", "localhost", "[::1]"].includes(host);
  const bind =
    host === "" ? "*" : parseAddress(host === "localhost" ? "127.0.0.1" : host.replaceAll(/[[\]]/g, ""))?.text;
  return {
    port: Number(match[2]),
    protocol: "tcp",
    ...(bind === undefined ? {} : { bind }),
    from: loopback ? "loopback" : "monitoring",
    why: "kube-vip's metrics; closed to all others is fine",
  };
}

function limits(spec: ClusterSpec): readonly string[] {
  const { leaseDurationSeconds, renewDeadlineSeconds, retryPeriodSeconds } = spec.kubeVip;
  const slowest = Math.ceil(leaseDurationSeconds + 2.2 * retryPeriodSeconds);
  return [
    `A holder that dies without notice is missed for ${leaseDurationSeconds} to ${slowest} s: the next one waits for the lease to end.`,
    `Nobody asks the holder's API server for /livez: one that hangs or is not ready keeps the VIP as long as the lease is renewed, and at least ${renewDeadlineSeconds} s.`,
    "When etcd has lost its majority no lease can be renewed, and then no node has the VIP.",
    ...(spec.loadBalancer.provider === "none"
      ? ["All clients use the holder's API server; the others stand by."]
      : [
          "The VIP follows the lease, not haproxy: a dead haproxy on the holder is an outage until the kubelet has restarted it.",
        ]),
  ];
}
