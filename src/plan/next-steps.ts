import { components } from "../components/index.ts";
import { clusterCAPath } from "../components/cluster-ca.ts";
import { useWorkerProxyPath } from "../components/worker-proxy/use-worker-proxy.ts";
import { type ClusterSpec, initNode, runsOnHosts } from "../config/spec.ts";
import { type Lines } from "../render/text.ts";
import { kubeadmConfigPath } from "../kubeadm/files.ts";
import { startsProgram, unitNames } from "./node-files.ts";
import { applyCommand, objectsToApply } from "./objects.ts";
import type { PlannedNode } from "./plan.ts";

/** What a person does after a node's files are written, for each case; lines without ends. */
export interface NextSteps {
  /** The node founds the cluster. */
  readonly init: Lines;
  /** The node joins, and everything is there. */
  readonly join: Lines;
  /** The node joins, but has no join secrets yet. */
  readonly secrets: Lines;
  /** The node is in the cluster already and nothing changed that needs a hand. */
  readonly member: Lines;
  /** How a changed file takes effect on a live node, by path; static pods restart by themselves. */
  readonly reload: Readonly<Record<string, Lines>>;
  /** The first node's kube-vip still has super-admin.conf. */
  readonly finalize: Lines;
}

/** The next steps on a node. */
export function nextSteps(spec: ClusterSpec, { name, role, files }: PlannedNode): NextSteps {
  const founder = initNode(spec)?.name ?? name;
  const others = spec.nodes.some((node) => node.name !== name);
  return {
    init: [
      `Next, on ${name}:`,
      ...(needsCAFirst(spec) ? [`  ${makeCACommand}`] : []),
      `  kubeadm init --config ${kubeadmConfigPath} --upload-certs`,
      ...objectsToApply(spec, true).map((objects) => `  ${applyCommand(spec, objects).command}`),
      ...(others
        ? [
            "For the other nodes, after it:",
            "  sh /etc/kubeadm-ha/join-command.sh",
            "Do not paste the join lines that kubeadm prints: they lack the port, the advertise",
            "address and the node address of the joining node.",
          ]
        : []),
    ],
    join:
      role === "load-balancer"
        ? [`Nothing is left to do on ${name}: it serves as soon as API servers answer.`]
        : [
            `Next, on ${name}:`,
            `  kubeadm join --config ${kubeadmConfigPath}`,
            ...(role === "control-plane" ? ["One control-plane node at a time: etcd gains one member at a time."] : []),
            ...(role === "worker" && spec.workerProxy !== undefined
              ? ["After it, to lead the kubelet to the proxy on this machine:", `  sh ${useWorkerProxyPath}`]
              : []),
          ],
    secrets:
      role === "load-balancer"
        ? certificateSteps(name, founder)
        : [
            `${name} has no join secrets yet, so there is no ${kubeadmConfigPath}. Next, where ssh leads to both nodes:`,
            `  ${bringSecretsCommand(founder, name)}`,
            `then the same command as now, once more.`,
          ],
    member: [
      role === "load-balancer"
        ? `Nothing is left to do on ${name}.`
        : `Nothing is left to do: ${name} is in the cluster.`,
    ],
    reload: Object.fromEntries(reloads(spec, files)),
    finalize: ["After the other control-plane nodes have joined:", "  sh /etc/kubeadm-ha/finalize.sh"],
  };
}

/** A balancer that checks certificates cannot start without the CA, which `kubeadm init` would make before it needs the balancer. */
export function needsCAFirst(spec: ClusterSpec): boolean {
  return runsOnHosts(spec) && spec.loadBalancer.provider === "haproxy";
}

/** Makes the CA and nothing else. */
export const makeCACommand = `kubeadm init phase certs ca --config ${kubeadmConfigPath}`;

/** Fetches the CA's certificate to where files are rendered. */
export function fetchCACommand(founder: string): string {
  return `ssh root@${founder} cat ${clusterCAPath} > ca.crt`;
}

function certificateSteps(name: string, founder: string): Lines {
  return [
    `${name} has no CA certificate yet, and its balancer waits for it. Next, when ${founder} has made one`,
    `(${makeCACommand}), where ssh leads to it:`,
    `  ${fetchCACommand(founder)}`,
    "then the files of this node once more, with --ca-cert ca.crt.",
  ];
}

/** Brings a node its join secrets past every disk but its memory. */
export function bringSecretsCommand(founder: string, node: string): string {
  return `ssh root@${founder} sh /etc/kubeadm-ha/join-command.sh | ssh root@${node} 'umask 077; mkdir -p /run/kubeadm-ha; cat > /run/kubeadm-ha/join'`;
}

function reloads(spec: ClusterSpec, files: PlannedNode["files"]): readonly (readonly [string, Lines])[] {
  const restarts = unitNames(files).map(
    (unit) =>
      [
        `/etc/systemd/system/${unit}`,
        [`For the changed ${unit} to take effect, which may move the virtual IP:`, `  systemctl restart ${unit}`],
      ] as const,
  );
  const reloaded = components
    .filter((component) => component.appliesTo(spec))
    .flatMap(({ configCheck, reload }) =>
      configCheck === undefined || reload === undefined
        ? []
        : files
            .filter(({ path }) => !startsProgram(path) && path === configCheck.path)
            .map(({ path }) => [path, [`For the changed ${path} to take effect:`, `  ${reload(spec)}`]] as const),
    );
  return [...reloaded, ...restarts];
}
