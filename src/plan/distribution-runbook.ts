import { components } from "../components/index.ts";
import type { Command } from "../components/component.ts";
import { type Distribution, distributions } from "../config/distributions.ts";
import { endpointURL } from "../config/endpoint-urls.ts";
import { type ClusterSpec, controlPlaneNodes } from "../config/spec.ts";
import { shellWord } from "../render/text.ts";
import { applyCommand, objectsToApply } from "./objects.ts";

/** RUNBOOK.md for a cluster that something else than kubeadm installs. */
export function distributionRunbook(spec: ClusterSpec, renderFlags: readonly string[]): string {
  const render = ["kubeadm-ha", "render", ...renderFlags].map(shellWord).join(" ");
  const used = components.filter((component) => component.appliesTo(spec));
  const notes = used.map((component) => component.runbook(spec));
  const vips = spec.virtualIP.addresses.map(({ text }) => text).join(" and ");
  const sections = [
    `# Runbook

Kubernetes ${spec.kubernetesVersion.text} by ${spec.distribution}, endpoint \`${endpointURL(spec)}\`, virtual IP ${vips}, by ${used.map(({ name }) => name).join(" and ")}.
This directory was made by \`${render} -o out\`. kubeadm-ha writes nothing on these nodes by itself and edits no file of ${spec.distribution}: each file below a node's directory goes to the same path on that node, owned by root, with the mode it has there.`,
    `## 1. Settings of ${spec.distribution}

${settings(spec)}`,
    `## 2. Images, on every control-plane node

${used
  .flatMap((component) => component.images(spec))
  .map((image) => `- \`${image}\``)
  .join("\n")}`,
    `## 3. Files

${files(spec)}`,
    section("## 4. What belongs to the cluster", applied(spec)),
    `## Clients

${clients(spec)}`,
    section(
      "## How to check",
      notes.flatMap(({ checks }) => checks.map(inDocker(spec))),
    ),
    `## Good to know

${notes
  .flatMap(({ limits }) => limits)
  .map((sentence) => `- ${sentence}`)
  .join("\n")}`,
  ];
  return `${sections.filter((text) => text !== "").join("\n\n")}\n`;
}

function settings(spec: ClusterSpec): string {
  const names = [
    ...new Set([spec.endpoint.host, ...spec.virtualIP.addresses.map(({ text }) => text), ...spec.certSANs]),
  ];
  const text = settingsFile[spec.distribution as Exclude<Distribution, "kubeadm">](spec, names);
  return `${text}

The names and addresses must be in the API servers' certificate, or clients are told x509: certificate is valid for ..., not ${names[0] ?? ""}.`;
}

const settingsFile: Readonly<
  Record<Exclude<Distribution, "kubeadm">, (spec: ClusterSpec, names: readonly string[]) => string>
> = {
  rke1: ({ staticPodPath }, names) => `In \`cluster.yml\`, before \`rke up\`:

\`\`\`yaml
services:
  kubelet:
    extra_binds: ["${staticPodPath}:${staticPodPath}"]
    extra_args: {pod-manifest-path: ${staticPodPath}}
authentication: {strategy: x509, sans: [${names.map((name) => `"${name}"`).join(", ")}]}
\`\`\``,
  rke2: (_, names) => configFile("/etc/rancher/rke2/config.yaml", names, []),
  k3s: ({ serviceLoadBalancer }, names) =>
    // Its own balancer would answer for every service too.
    configFile(
      "/etc/rancher/k3s/config.yaml",
      names,
      serviceLoadBalancer === undefined ? [] : ["disable: [servicelb]"],
    ),
};

function configFile(path: string, names: readonly string[], more: readonly string[]): string {
  return `In \`${path}\` of every server, before its first start:

\`\`\`yaml
${[`tls-san: [${names.map((name) => `"${name}"`).join(", ")}]`, ...more].join("\n")}
\`\`\``;
}

function files(spec: ClusterSpec): string {
  const names = controlPlaneNodes(spec)
    .map(({ name }) => name)
    .join(", ");
  const { distribution, kubeconfigPath, staticPodPath } = spec;
  if (spec.deployAs === "daemon-set")
    return `The files of the first node only; the pods get their rights from the cluster, and need no kubeconfig.`;
  const kubeconfig =
    distribution === "rke1"
      ? `First \`${kubeconfigPath}\` on ${names}, owned by root, mode 0600: RKE keeps no kubeconfig on the nodes, and without the file a directory is made in its place. kube-vip replaces the server in it by the API server of its own node.`
      : `kube-vip uses \`${kubeconfigPath}\`, which ${distribution} writes, and of it not the server: it asks the API server of its own node.`;
  return `${kubeconfig}

Then the others, and last \`${staticPodPath}/kube-vip.yaml\` on ${names}: written beside the directory and renamed into it, since the kubelet starts what it finds there.`;
}

function applied(spec: ClusterSpec): readonly Command[] {
  const { manifests } = distributions[spec.distribution];
  return [...objectsToApply(spec, true), ...objectsToApply(spec, false)].map((objects) =>
    manifests === undefined
      ? applyCommand(spec, objects)
      : { command: `ls ${objects.path}`, reason: `${objects.reason}; ${spec.distribution} applies it by itself` },
  );
}

/** The kubeconfig of the distribution names one node. */
function clients(spec: ClusterSpec): string {
  const [file, cluster] = administrators[spec.distribution as Exclude<Distribution, "kubeadm">];
  return `- \`kubectl --kubeconfig ${file} config set-cluster ${cluster} --server ${endpointURL(spec)}\`
  on a copy of ${file}, which names one server; ${spec.endpoint.host} must be known to DNS or /etc/hosts of the client`;
}

const administrators: Readonly<Record<Exclude<Distribution, "kubeadm">, readonly [file: string, cluster: string]>> = {
  rke1: ["kube_config_cluster.yml", "local"],
  rke2: ["/etc/rancher/rke2/rke2.yaml", "default"],
  k3s: ["/etc/rancher/k3s/k3s.yaml", "default"],
};

function section(head: string, list: readonly Command[]): string {
  if (list.length === 0) return "";
  return `${head}\n\n${list.map(({ command, reason }) => `- \`${command}\`\n  ${reason}`).join("\n")}`;
}

// RKE1 runs everything in Docker, which crictl does not see.
function inDocker(spec: ClusterSpec): (command: Command) => Command {
  return (entry) =>
    spec.distribution === "rke1" && entry.command.startsWith("crictl logs")
      ? { ...entry, command: 'docker logs --tail 20 "$(docker ps -q --filter name=k8s_kube-vip)"' }
      : entry;
}
