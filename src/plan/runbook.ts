import { clusterCA } from "../components/cluster-ca.ts";
import { components } from "../components/index.ts";
import type { Component } from "../components/component.ts";
import { endpointURL } from "../config/endpoint-urls.ts";
import { findDocument, hasExternalEtcd } from "../config/kubeadm-documents.ts";
import {
  agentNodes,
  type ClusterSpec,
  controlPlaneNodes,
  hasDedicatedBalancers,
  initNode,
  type NodeSpec,
  runsOnHosts,
} from "../config/spec.ts";
import { needsFinalize } from "../kubeadm/files.ts";
import { bringsOwnDiscovery } from "../kubeadm/join-configuration.ts";
import { secretStrings } from "../kubeadm/secrets.ts";
import { shellWord } from "../render/text.ts";
import { distributionRunbook } from "./distribution-runbook.ts";
import { bringSecretsCommand, fetchCACommand, makeCACommand, needsCAFirst } from "./next-steps.ts";
import { applyCommand, objectsToApply } from "./objects.ts";
import { commands, type RunbookCommand } from "./runbook-commands.ts";
import { firewall } from "./runbook-firewall.ts";
import { installation, keyInstallation, redirectInstallation } from "./runbook-hosts.ts";
import { labelCommands } from "./selinux.ts";
import { kubeProxyStep, useProxySteps } from "./runbook-worker-proxy.ts";

/**
 * RUNBOOK.md: what a person types on which machine, in order, and why each step is there.
 * `renderFlags` are those that made it, for the steps that render again.
 */
export function runbook(spec: ClusterSpec, renderFlags: readonly string[]): string {
  if (spec.distribution !== "kubeadm") return distributionRunbook(spec, renderFlags);
  const render = ["kubeadm-ha", "render", ...renderFlags].map(shellWord).join(" ");
  const sections = [
    introduction(spec, render),
    beforehand(spec),
    firewall(spec),
    balancers(spec, render),
    foundation(spec, render),
    joins(spec, render),
    finalization(spec),
    application(spec),
    verification(spec),
    limits(spec),
  ];
  return `${numbered(sections.filter((section) => section !== "")).join("\n\n")}\n`;
}

// Which steps there are depends on the cluster.
function numbered(sections: readonly string[]): readonly string[] {
  let number = 0;
  return sections.map((section) => section.replace(/^## #\. /, () => `## ${++number}. `));
}

function introduction(spec: ClusterSpec, render: string): string {
  return `# Runbook

Kubernetes ${spec.kubernetesVersion.text}, endpoint \`${endpointURL(spec)}\`, ${service(spec)}.
Commands after \`laptop$\` run in the directory that holds this one as \`out\` and the configuration; it was made there by \`${render} -o out\`. The others run as root on the node they name, which needs nothing installed but what kubeadm needs${runsOnHosts(spec) ? " and what section 1 names" : ""}; \`kubeadm-ha prepare\` does there what the scripts do.`;
}

function service(spec: ClusterSpec): string {
  if (spec.virtualIP.provider === "none")
    return spec.loadBalancer.provider === "external" ? "an external load balancer" : "a proxy on every worker";
  const addresses = spec.virtualIP.addresses.map((address) => address.text).join(" and ");
  return `virtual IP ${addresses}, by ${used(spec)
    .filter(({ name }) => !name.startsWith("kubeadm-ha-"))
    .map((component) => component.name)
    .join(" and ")}`;
}

function beforehand(spec: ClusterSpec): string {
  const required = used(spec).flatMap((component) => component.runbook(spec).requirements ?? []);
  if (required.length > 0)
    return `## #. The load balancer, before anything else

${required.map((paragraph) => `- ${paragraph}`).join("\n")}${proxyException(spec)}`;
  const images = used(spec)
    .filter(({ place }) => place !== "workers")
    .flatMap((component) => component.images(spec));
  const reason = "kubeadm waits four minutes for the control plane; a slow pull would use them up";
  const nodes = hasDedicatedBalancers(spec) ? "load-balancer" : "control-plane";
  const steps = runsOnHosts(spec)
    ? [...installation(spec), ...keyInstallation(spec)]
    : [
        ...images.map((image) => ({ command: `crictl pull ${image}`, reason })),
        ...redirectInstallation(spec),
        ...keyInstallation(spec),
      ];
  if (steps.length === 0) return `## #. Before anything else${proxyException(spec)}`;
  return `## #. On every ${nodes} node, before anything else

${commands(steps)}${runsOnHosts(spec) ? "" : podLabels(spec)}${proxyException(spec)}`;
}

function podLabels(spec: ClusterSpec): string {
  return `

Where SELinux is enforcing and the runtime confines containers (CRI-O; containerd with \`enable_selinux\`), the static pods read only what is labelled for them. kubeadm's own need the same for /etc/kubernetes: https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/install-kubeadm/

${commands(labelCommands(spec).map((command) => ({ command, reason: "before the files come" })))}`;
}

function foundation(spec: ClusterSpec, render: string): string {
  const node = initNode(spec);
  if (node === undefined) return "";
  const isFirst = !hasDedicatedBalancers(spec);
  return `## #. ${node.name}: found the cluster

${commands([
  ...(isFirst ? [...scriptsWithSecrets(spec, render), deliver(spec, node, render)] : []),
  ...(isFirst && needsCAFirst(spec) ? [makeCA(node)] : []),
  {
    command: "kubeadm config images pull --config /etc/kubeadm-ha/kubeadm.yaml",
    reason: "kubeadm waits four minutes for the control plane; a join pulls its images before its time limits begin",
    on: node.name,
  },
  {
    command: "kubeadm init --config /etc/kubeadm-ha/kubeadm.yaml --upload-certs",
    reason: `starts the control plane${whatIsUp(spec)}; the certificates are uploaded for the others`,
    on: node.name,
  },
  ...objectsToApply(spec, true).map((objects) => ({ ...applyCommand(spec, objects), on: node.name })),
])}

Do not paste the join lines that kubeadm prints: they lack the port, the advertise address and the node address of the joining node.`;
}

function whatIsUp(spec: ClusterSpec): string {
  if (spec.virtualIP.provider === "none") return "";
  return runsOnHosts(spec)
    ? " behind the balancer and the virtual IP, which are up"
    : " together with the static pods, which bring the virtual IP up";
}

function balancers(spec: ClusterSpec, render: string): string {
  const founder = initNode(spec);
  if (founder === undefined || !hasDedicatedBalancers(spec)) return "";
  const certified = needsCAFirst(spec);
  const steps = [
    ...scriptsWithSecrets(spec, render),
    deliver(spec, founder, render),
    ...(certified
      ? [
          makeCA(founder),
          { command: fetchCACommand(founder.name), reason: "the balancers check the API servers by it", on: "laptop" },
        ]
      : []),
    ...agentNodes(spec).map((node) => deliver(spec, node, certified ? `${render} --ca-cert ca.crt` : render)),
  ];
  return `## #. The load balancers, which \`kubeadm init\` needs

${commands(steps)}`;
}

function makeCA(node: NodeSpec): RunbookCommand {
  return {
    command: makeCACommand,
    reason: "haproxy cannot start without it; kubeadm init takes it as it is",
    on: node.name,
  };
}

function joins(spec: ClusterSpec, render: string): string {
  const founder = initNode(spec);
  const others = spec.nodes.filter((node) => node !== founder && node.role !== "load-balancer");
  if (founder === undefined || others.length === 0) return "";
  // Secrets that the user's own JoinConfiguration brings are in the scripts already.
  const ownSecrets = bringsOwnDiscovery(findDocument(spec.kubeadmDocuments, "JoinConfiguration"));
  const steps = others.map(
    (node) => `### ${node.name}

${commands([
  ...(ownSecrets ? [] : [bringSecrets(founder, node)]),
  deliver(spec, node, render),
  {
    command: "kubeadm join --config /etc/kubeadm-ha/kubeadm.yaml",
    reason:
      node.role === "worker"
        ? "joins through the endpoint"
        : hasExternalEtcd(spec)
          ? "joins as a control-plane node"
          : "joins as a control-plane node; one at a time, since etcd gains one member at a time",
    on: node.name,
  },
  ...useProxySteps(spec, node),
])}`,
  );
  return `## #. The other nodes, one after another\n\n${[...steps, ...kubeProxyStep(spec, founder)].join("\n\n")}`;
}

function bringSecrets(founder: NodeSpec, node: NodeSpec): RunbookCommand {
  return {
    command: bringSecretsCommand(founder.name, node.name),
    reason: "token, CA hash and certificate key; secret, good for two hours, and gone once they are used",
    on: "laptop",
  };
}

function finalization(spec: ClusterSpec): string {
  const founder = initNode(spec);
  if (founder === undefined || !needsFinalize(spec)) return "";
  const last =
    controlPlaneNodes(spec).length > 1
      ? "after the joins: the virtual IP moves to another node once, about a second; before them it would be gone for 15 seconds"
      : "with this single node the virtual IP is gone for about 15 seconds";
  return `## #. ${founder.name}: give super-admin.conf back

${commands([{ command: "sh /etc/kubeadm-ha/finalize.sh", reason: last, on: founder.name }])}

It is recorded on the node: later runs of its script leave admin.conf in place.`;
}

function application(spec: ClusterSpec): string {
  const founder = initNode(spec);
  const objects = objectsToApply(spec, false);
  if (founder === undefined || objects.length === 0) return "";
  return `## #. ${founder.name}: what belongs to the cluster

${commands(objects.map((entry) => ({ ...applyCommand(spec, entry), on: founder.name })))}`;
}

function verification(spec: ClusterSpec): string {
  const own: readonly RunbookCommand[] = [
    {
      command: `curl --cacert ${clusterCA(spec)} '${endpointURL(spec)}/livez'`,
      reason:
        spec.virtualIP.provider === "none"
          ? 'answers "ok" through the load balancer, with a certificate that carries its name'
          : 'answers "ok" through the virtual IP, with a certificate that carries it',
    },
  ];
  const ofComponents = used(spec).flatMap((component) => component.runbook(spec).checks);
  return `## How to check

On each ${hasDedicatedBalancers(spec) ? "load-balancer" : "control-plane"} node:

${commands([...own, ...ofComponents])}`;
}

function limits(spec: ClusterSpec): string {
  const sentences = used(spec).flatMap((component) => [
    ...component.runbook(spec).limits,
    ...(component.reload === undefined
      ? []
      : [`To apply a changed file of ${component.name}: ${component.reload(spec)}`]),
  ]);
  return sentences.length === 0
    ? ""
    : `## Good to know

${sentences.map((sentence) => `- ${sentence}`).join("\n")}`;
}

function used(spec: ClusterSpec): readonly Component[] {
  return components.filter((component) => component.appliesTo(spec));
}

// A script is printed unless it would hold secrets of the user's documents.
function deliver(spec: ClusterSpec, node: NodeSpec, render: string): RunbookCommand {
  const command = hasSecrets(spec)
    ? `ssh root@${node.name} sh < scripts/${node.name}.sh`
    : `${render} --node ${node.name} --format script | ssh root@${node.name} sh`;
  return { command, reason: "checks the machine, puts the files in place and tells what to type next", on: "laptop" };
}

function scriptsWithSecrets(spec: ClusterSpec, render: string): readonly RunbookCommand[] {
  if (!hasSecrets(spec)) return [];
  const command = `${render} --format script -o scripts`;
  return [{ command, reason: "the documents of kubeadm hold secrets, which are never printed", on: "laptop" }];
}

function hasSecrets(spec: ClusterSpec): boolean {
  return secretStrings(spec).length > 0;
}

function proxyException(spec: ClusterSpec): string {
  const addresses = [...spec.virtualIP.addresses, ...spec.nodes.flatMap((node) => node.addresses)].map(
    (address) => address.text,
  );
  return `

Where a proxy is set in the environment, except these before you call kubeadm: \`export NO_PROXY="$NO_PROXY,${[...new Set([spec.endpoint.host, ...addresses])].join(",")}"\``;
}
