import type { V1Container, V1Pod } from "@kubernetes/client-node";

import { distributions } from "../../config/distributions.ts";
import type { ClusterSpec } from "../../config/spec.ts";
import type { BootstrapRole } from "../../plan/plan.ts";
import { hostDirectory, hostFile, type Mount, staticPod, withoutType } from "../../render/static-pod.ts";
import type { Comments } from "../../yaml/write.ts";
import { kubeVipEnvironment, metricsAddress } from "./environment.ts";
import { checksHealth, healthCheckCA } from "./environment/health-check.ts";
import type { Member } from "./member.ts";

/** Where the pod's own hosts file lies on the node. */
export const hostsPath = "/etc/kubeadm-ha/hosts";

/** The static pod of kube-vip for one node in one role, and why its lines are so. */
export function kubeVipPod(member: Member, role: BootstrapRole): { readonly pod: V1Pod; readonly comments: Comments } {
  const mounts = mountsOf(member, role);
  const alias = needsName(member) && member.spec.kubeVip.hosts === "alias";
  const pod = staticPod({
    name: "kube-vip",
    container: kubeVipContainer(member),
    mounts: mounts.map(({ mount }) => mount),
    ...(alias ? { hostAliases: [{ hostnames: ["kubernetes"], ip: "127.0.0.1" }] } : {}),
  });
  return { pod, comments: { ...volumeComments(mounts), ...(alias ? { "spec.hostAliases": aliasComment } : {}) } };
}

/** The container, the same in a static pod and in a DaemonSet. */
export function kubeVipContainer(member: Member): Omit<V1Container, "name"> {
  const { images, kubeVip } = member.spec;
  return {
    image: images.kubeVip,
    args: [
      "manager",
      ...(metricsAddress(member) === "" ? ["--prometheusHTTPServer", ""] : []),
      ...(kubeVip.election === "etcd" && member.job.controlPlane ? etcdArguments : []),
    ],
    env: kubeVipEnvironment(member),
    resources: { requests: { cpu: "10m", memory: "64Mi" } },
    securityContext: masquerades(member)
      ? { privileged: true }
      : { capabilities: { add: ["NET_ADMIN", "NET_RAW"], drop: ["ALL"] } },
  };
}

// No variable says it: https://github.com/kube-vip/kube-vip/blob/v1.2.3/testing/e2e/etcd/kube-etcd-vip.yaml.tmpl
const etcdDirectory = "/etc/kubernetes/pki/etcd";
const etcdArguments = [
  "--leaderElectionType=etcd",
  `--etcdCACert=${etcdDirectory}/ca.crt`,
  `--etcdCert=${etcdDirectory}/server.crt`,
  `--etcdKey=${etcdDirectory}/server.key`,
  "--etcdEndpoints=127.0.0.1:2379",
];

/** It writes settings of the kernel that are read-only in other containers: https://github.com/kube-vip/kube-vip/issues/1065 */
function masquerades({ spec, job }: Member): boolean {
  return job.controlPlane && spec.kubeVip.ipvs?.forwardingMethod === "masquerade";
}

interface ExplainedMount {
  readonly mount: Mount;
  /** Why the volume is as it is. */
  readonly comment?: string;
}

function mountsOf(member: Member, role: BootstrapRole): readonly ExplainedMount[] {
  const { spec } = member;
  const { hosts, election } = spec.kubeVip;
  const { certificateAuthority, checksHostPaths } = distributions[spec.distribution];
  const mounts: readonly ExplainedMount[] = [
    ...(election === "etcd"
      ? [{ mount: hostDirectory("etcd-certificates", etcdDirectory), comment: etcdComment }]
      : [
          {
            mount: hostFile("kubeconfig", kubeconfigPath(spec, role), "/etc/kubernetes/admin.conf"),
            comment: kubeconfigComment(spec),
          },
        ]),
    ...(checksHealth(member)
      ? [{ mount: hostFile("certificate-authority", certificateAuthority, healthCheckCA(member)) }]
      : []),
    ...(needsName(member) && hosts === "file"
      ? [{ mount: hostFile("hosts", hostsPath, "/etc/hosts"), comment: hostsComment }]
      : []),
  ];
  return checksHostPaths ? mounts : mounts.map((entry) => ({ ...entry, mount: withoutType(entry.mount) }));
}

/** Whether anything in the pod connects to the name kubernetes. */
export function needsName(member: Member): boolean {
  return member.spec.kubeVip.hosts !== "address" && (member.spec.kubeVip.election === "lease" || checksHealth(member));
}

function volumeComments(mounts: readonly ExplainedMount[]): Comments {
  const comments = mounts.flatMap(({ comment }, index) =>
    comment === undefined ? [] : [[`spec.volumes[${index}].hostPath`, comment] as const],
  );
  const named = mounts[0]?.mount.volume.name === "kubeconfig";
  return {
    ...(named
      ? {
          "spec.containers[0].volumeMounts":
            "kube-vip uses the API server of its own node only if its kubeconfig is called admin.conf.",
        }
      : {}),
    ...Object.fromEntries(comments),
  };
}

const aliasComment = "kube-vip connects to the name kubernetes, which the API server's certificate carries.";
const hostsComment = `${aliasComment}\nA file, because older kubelets do not write hostAliases for static pods in time:\nhttps://github.com/kube-vip/kube-vip/issues/692`;
const etcdComment =
  "The lease is in the etcd of this node, so kube-vip needs no API server and no kubeconfig;\nthe kubelet waits until kubeadm has made the certificates.";

/**
 * Since 1.29 admin.conf has rights only after kubeadm has bound them, for which it may need the VIP:
 * https://github.com/kube-vip/kube-vip/issues/684. super-admin.conf exists on the first node only.
 */
function kubeconfigPath(spec: ClusterSpec, role: BootstrapRole): string {
  const superAdmin = role === "init" && spec.kubeVip.bootstrapCredential === "super-admin";
  return superAdmin ? "/etc/kubernetes/super-admin.conf" : spec.kubeconfigPath;
}

/** The same in both roles, so that the move back to admin.conf changes nothing but the path. */
function kubeconfigComment(spec: ClusterSpec): string {
  if (!distributions[spec.distribution].checksHostPaths)
    return "No type: the kubelet is a container that sees too little of the host to check it.\nThe file must be there before this one, or a directory is made in its place.";
  const waits =
    spec.kubeconfigPath === distributions.kubeadm.kubeconfig
      ? "The kubelet waits until kubeadm has written the file."
      : "The kubelet waits until the file is there.";
  return spec.kubeVip.bootstrapCredential === "super-admin"
    ? `${waits} On the node that founds the cluster it is\nsuper-admin.conf until finalize: admin.conf gets its rights late in kubeadm init, which may need\nthe VIP for that.`
    : waits;
}
