import { components } from "../components/index.ts";
import type { Command, Component, PortUse } from "../components/component.ts";
import { endpointURL } from "../config/endpoint-urls.ts";
import { findDocument, valueAt } from "../config/kubeadm-documents.ts";
import { type ClusterSpec, controlPlaneNodes, initNode, type NodeSpec } from "../config/spec.ts";
import { needsFinalize } from "../kubeadm/files.ts";
import { bringsOwnDiscovery } from "../kubeadm/join-configuration.ts";

/**
 * RUNBOOK.md: what a person types on which machine, in order, and why each step is there.
 * `renderFlags` are those that made it, for the steps that render again.
 */
export function runbook(spec: ClusterSpec, renderFlags: readonly string[]): string {
  const render = ["kubeadm-ha", "render", ...renderFlags].map(shellWord).join(" ");
  const sections = [
    introduction(spec, render),
    beforehand(spec),
    firewall(spec),
    foundation(spec),
    joins(spec, render),
    finalization(spec),
    verification(spec),
    limits(spec),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function introduction(spec: ClusterSpec, render: string): string {
  const names = used(spec).map((component) => component.name);
  return `# Runbook

Kubernetes ${spec.kubernetesVersion.text}, endpoint \`${endpointURL(spec)}\`, virtual IP ${spec.virtualIP.addresses.map((address) => address.text).join(" and ")}, by ${names.join(" and ")}.
Commands after \`laptop$\` run in the directory that holds this one as \`out\` and the configuration; it was made there by \`${render} -o out\`. The others run as root on the node they name.`;
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

function foundation(spec: ClusterSpec): string {
  const node = initNode(spec);
  if (node === undefined) return "";
  return `## 3. ${node.name}: found the cluster

${commands([
  deliver(node),
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
])}

Do not paste the join lines that kubeadm prints: they lack the port, the advertise address and the node address of the joining node.`;
}

function joins(spec: ClusterSpec, render: string): string {
  const founder = initNode(spec);
  const others = spec.nodes.filter((node) => node !== founder);
  if (founder === undefined || others.length === 0) return "";
  const secrets: RunbookCommand = {
    command: `(umask 077; ssh root@${founder.name} sh /etc/kubeadm-ha/join-command.sh > join)`,
    reason: "token, CA hash and certificate key; secret, and good for two hours",
    on: "laptop",
  };
  // Secrets that the user's own JoinConfiguration brings are in the files already.
  const ownSecrets = bringsOwnDiscovery(findDocument(spec.kubeadmDocuments, "JoinConfiguration"));
  const steps = others.map(
    (node) => `### ${node.name}

${commands([
  ...(ownSecrets ? [] : [fillIn(render, node)]),
  deliver(node),
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
  if (ownSecrets) return `## 4. The other nodes, one after another\n\n${steps.join("\n\n")}`;
  return `## 4. The other nodes, one after another

${commands([secrets])}

${steps.join("\n\n")}

${commands([{ command: `rm join; ${render} -o out`, reason: "takes the secrets out of the directory again", on: "laptop" }])}`;
}

function fillIn(render: string, node: NodeSpec): RunbookCommand {
  return {
    command: `${render} --node ${node.name} --join-command-file join -o out`,
    reason: "adds the join configuration to the node's files",
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

Then write \`kubeVip: {bootstrapCredential: admin}\` in the configuration and render again: these files, delivered once more as they are, would bring super-admin.conf back.`;
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

// --no-overwrite-dir leaves the modes of directories that exist; names and modes of ours are kept.
function deliver(node: NodeSpec): RunbookCommand {
  return {
    command: `tar -C out/${node.name} -cf - . | ssh root@${node.name} tar -C / -xpf - --no-same-owner --no-overwrite-dir`,
    reason: "puts the files in place; kubelet is not running yet, so nothing starts",
    on: "laptop",
  };
}

/** A word as every shell reads it; what needs no quotes gets none. */
function shellWord(word: string): string {
  return /^[\w.,:=/@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function proxyException(spec: ClusterSpec): string {
  const addresses = [...spec.virtualIP.addresses, ...spec.nodes.flatMap((node) => node.addresses)].map(
    (address) => address.text,
  );
  return `

Where a proxy is set in the environment, except these before you call kubeadm: \`export NO_PROXY="$NO_PROXY,${[...new Set([spec.endpoint.host, ...addresses])].join(",")}"\``;
}
