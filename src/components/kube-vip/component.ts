import { distributions } from "../../config/distributions.ts";
import type { ClusterSpec, NodeSpec } from "../../config/spec.ts";
import { parseAddress } from "../../net/address.ts";
import { fixed, perRole, type PlannedFile } from "../../plan/plan.ts";
import type { Component, PortUse } from "../component.ts";
import { generatedBy } from "../../render/generated-by.ts";
import { foundersFile, manifestPlace, manifestText, objectsPath, objectsText, plannedFile } from "../planned-file.ts";
import { kubeVipDaemonSet } from "./daemon-set.ts";
import { jobsOf } from "./job.ts";
import type { Member } from "./member.ts";
import { hostsPath, kubeVipPod, needsName } from "./pod.ts";
import { kubeVipRBAC } from "./rbac.ts";
import { kubeVipRunbook } from "./runbook.ts";

/** kube-vip as a static pod on every control-plane node: a Lease elects the holder of the VIP. */
export const kubeVip: Component = {
  name: "kube-vip",
  summary: "holds the VIP on the node that has a Lease, or announces it to routers; serves LoadBalancer services",
  place: "control-plane",
  appliesTo: (spec) => jobsOf(spec).length > 0,
  files,
  images: (spec) => [spec.images.kubeVip],
  ports,
  kernel: ["a network that lets gratuitous ARP pass between the nodes; most clouds do not"],
  programs: [],
  packages: [],
  kubeadm: (spec) => ({ certSANs: spec.virtualIP.addresses.map(({ text }) => text) }),
  reload: () =>
    "kube-vip reads its settings once: a changed manifest makes the kubelet replace the pod, about 15 s without VIP on a single node and 1 s on more",
  runbook: kubeVipRunbook,
};

function files(spec: ClusterSpec, node: NodeSpec): readonly PlannedFile[] {
  if (node.role !== "control-plane") return [];
  return jobsOf(spec).flatMap((job) => {
    const member = { spec, node, job };
    return job.as === "static-pod" ? staticFiles(member) : [daemonSetFile(member)];
  });
}

function staticFiles(member: Member): readonly PlannedFile[] {
  const { spec, node } = member;
  return [
    ...(spec.kubeVip.hosts === "file" && needsName(member)
      ? [plannedFile(node, { path: hostsPath, mode: 0o644, phase: "virtual-ip" }, hostsFile)]
      : []),
    manifestFile(member),
  ];
}

function manifestFile(member: Member): PlannedFile {
  const { spec, node } = member;
  const variants = perRole((role) => {
    const { pod, comments } = kubeVipPod(member, role);
    return fixed(manifestText(spec, pod, { ...comments, "": head(member) }));
  });
  const file = { node: node.name, ...manifestPlace("kube-vip", "virtual-ip", spec.staticPodPath), variants };
  if (spec.kubeVip.bootstrapCredential !== "super-admin") return file;
  return {
    ...file,
    // With admin.conf the founder's pod is that of every other node.
    get finalized() {
      return variants.join ?? undefined;
    },
  };
}

function daemonSetFile(member: Member): PlannedFile {
  const { spec, node } = member;
  const place = { path: objectsPath(spec, "kube-vip"), mode: 0o600, phase: "virtual-ip" } as const;
  return foundersFile(node, place, () =>
    objectsText([...kubeVipRBAC(member), kubeVipDaemonSet(member)], { "": head(member) }),
  );
}

/** Where our own rules say that there is a better way, and the configuration chose this one. */
function head({ spec, job }: Member): string {
  return [
    generatedBy,
    ...(job.controlPlane && job.services
      ? ["kubeadm-ha: ignore-file KV13 serviceLoadBalancer.deployAs says that services are served here too"]
      : []),
    ...(distributions[spec.distribution].checksHostPaths || job.as === "daemon-set"
      ? []
      : ["kubeadm-ha: ignore-file PD12 a kubelet in a container sees too little of the host to check a type"]),
  ].join("\n");
}

const hostsFile = `# ${generatedBy}
# /etc/hosts of the kube-vip pod: kubernetes is a name in the API server's certificate.
127.0.0.1 localhost kubernetes
::1 localhost
`;

function ports(spec: ClusterSpec): readonly PortUse[] {
  const metrics = metricsPort(spec.kubeVip.metricsAddress);
  return [
    ...(spec.virtualIP.provider === "kube-vip" && spec.loadBalancer.provider === "none"
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
