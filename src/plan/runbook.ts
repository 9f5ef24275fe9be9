import { components } from "../components/index.ts";
import type { Command, Component, PortUse } from "../components/component.ts";
import { endpointURL } from "../config/endpoint-urls.ts";
import { findDocument, valueAt } from "../config/kubeadm-documents.ts";
import { type ClusterSpec, controlPlaneNodes, initNode, type NodeSpec } from "../config/spec.ts";
import { needsFinalize } from "../kubeadm/files.ts";
import { bringsOwnDiscovery } from "../kubeadm/join-configuration.ts";
import { secretStrings } from "../kubeadm/secrets.ts";
import { shellWord } from "../render/text.ts";
import { distributionRunbook } from "./distribution-runbook.ts";
import { bringSecretsCommand } from "./next-steps.ts";
import { applyCommand, objectsToApply } from "./objects.ts";

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
    foundation(spec, render),
    joins(spec, render),
    finalization(spec),
    application(spec),
    verification(spec),
    limits(spec),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function introduction(spec: ClusterSpec, render: string): string {
  const names = used(spec).map((component) => component.name);
  return `# Runbook

Kubernetes ${spec.kubernetesVersion.text}, endpoint \`${endpointURL(spec)}\`, virtual IP ${spec.virtualIP.addresses.map((address) => address.text).join(" and ")}, by ${names.join(" and ")}.
Commands after \`laptop$\` run in the directory that holds this one as \`out\` and the configuration; it was made there by \`${render} -o out\`. The others run as root on the node they name, which needs nothing installed but what kubeadm needs; \`kubeadm-ha prepare\` does there what the scripts do.`;
}

function beforehand(spec: ClusterSpec): string {
  const images = used(spec).flatMap((component) => component.images(spec));
  const reason = "kubeadm waits four minutes for the control plane; a slow pull would use them up";
  return `## 1. On every control-plane node, before anything else

${commands(images.map((image) => ({ command: `crictl pull ${image}`, reason })))}${proxyException(spec)}`;
}

function firewall(spec: ClusterSpec): string {
  const apiServer: PortUse = {
    port: spec.apiServerPort,
    protocol: "tcp",
    from: spec.loadBalancer.provider === "none" ? "clients" : "nodes and pods",
    why: "the API servers themselves, which the service `kubernetes` names to every pod",
  };
  const open = [apiServer, ...used(spec).flatMap((component) => component.ports(spec))].filter(
    ({ from }) => from !== "loopback",
  );
  const reasons = new Map<string, string[]>();
  for (const { port, protocol, from, why } of open) {
    const row = `| ${protocol === "ip" ? `IP protocol ${port}` : `${port}/${protocol}`} | ${from} |`;
    reasons.set(row, [...(reasons.get(row) ?? []), why]);
  }
  return `## 2. Firewall of the control-plane nodes

| open | from | for |
|---|---|---|
${[...reasons].map(([row, whys]) => `${row} ${whys.join("; ")} |`).join("\n")}

Besides these, what Kubernetes itself needs: ${hasExternalEtcd(spec) ? "" : "2379-2380/tcp between the control-plane nodes, "}10250/tcp between the nodes.`;
}

function foundation(spec: ClusterSpec, render: string): string {
  const node = initNode(spec);
  if (node === undefined) return "";
  return `## 3. ${node.name}: found the cluster

${commands([
  ...scriptsWithSecrets(spec, render),
  deliver(spec, node, render),
  {
    command: "kubeadm config images pull --config /etc/kubeadm-ha/kubeadm.yaml",
    reason: "for the same reason; a join pulls its images before its time limits begin",
    on: node.name,
  },
  {
    command: "kubeadm init --config /etc/kubeadm-ha/kubeadm.yaml --upload-certs",
    reason:
      "starts the control plane together with the static pods, which bring the virtual IP up; the certificates are uploaded for the others",
    on: node.name,
  },
  ...objectsToApply(spec, true).map((objects) => ({ ...applyCommand(spec, objects), on: node.name })),
])}

Do not paste the join lines that kubeadm prints: they lack the port, the advertise address and the node address of the joining node.`;
}

function joins(spec: ClusterSpec, render: string): string {
  const founder = initNode(spec);
  const others = spec.nodes.filter((node) => node !== founder);
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
])}`,
  );
  return `## 4. The other nodes, one after another\n\n${steps.join("\n\n")}`;
}

function bringSecrets(founder: NodeSpec, node: NodeSpec): RunbookCommand {
  return {
    command: bringSecretsCommand(founder.name, node.name),
    reason: "token, CA hash and certificate key; secret, good for two hours, and gone once they are used",
    on: "laptop",
  };
}

function hasExternalEtcd(spec: ClusterSpec): boolean {
  return valueAt(findDocument(spec.kubeadmDocuments, "ClusterConfiguration"), ["etcd", "external"]) !== undefined;
}

function finalization(spec: ClusterSpec): string {
  const founder = initNode(spec);
  if (founder === undefined || !needsFinalize(spec)) return "";
  const last =
    controlPlaneNodes(spec).length > 1
      ? "after the joins: the virtual IP moves to another node once, about a second; before them it would be gone for 15 seconds"
      : "with this single node the virtual IP is gone for about 15 seconds";
  return `## 5. ${founder.name}: give super-admin.conf back

${commands([{ command: "sh /etc/kubeadm-ha/finalize.sh", reason: last, on: founder.name }])}

It is recorded on the node: later runs of its script leave admin.conf in place.`;
}

function application(spec: ClusterSpec): string {
  const founder = initNode(spec);
  const objects = objectsToApply(spec, false);
  if (founder === undefined || objects.length === 0) return "";
  return `## ${founder.name}: what belongs to the cluster

${commands(objects.map((entry) => ({ ...applyCommand(spec, entry), on: founder.name })))}`;
}

function verification(spec: ClusterSpec): string {
  const own: readonly RunbookCommand[] = [
    {
      command: `curl --cacert /etc/kubernetes/pki/ca.crt '${endpointURL(spec)}/livez'`,
      reason: 'answers "ok" through the virtual IP, with a certificate that carries it',
    },
  ];
  const ofComponents = used(spec).flatMap((component) => component.runbook(spec).checks);
  return `## How to check

On each control-plane node:

${commands([...own, ...ofComponents])}`;
}

function limits(spec: ClusterSpec): string {
  const sentences = used(spec).flatMap((component) => [
    ...component.runbook(spec).limits,
    `To apply a changed file of ${component.name}: ${component.reload(spec)}`,
  ]);
  return sentences.length === 0
    ? ""
    : `## Good to know

${sentences.map((sentence) => `- ${sentence}`).join("\n")}`;
}

function used(spec: ClusterSpec): readonly Component[] {
  return components.filter((component) => component.appliesTo(spec));
}

type RunbookCommand = Command & { readonly on?: string };

function commands(list: readonly RunbookCommand[]): string {
  return list
    .map(
      ({ command, reason, on }) =>
        `- \`${on === undefined ? "" : `${on}${on === "laptop" ? "$" : "#"} `}${command}\`\n  ${reason}`,
    )
    .join("\n");
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
