import { type Address, parseAddress, parsePrefix, type Prefix } from "../net/address.ts";
import { isEndpointProblem, parseEndpoint } from "../net/endpoint.ts";
import type { Finding } from "../findings/finding.ts";
import { type DefaultKey, defaults, type Draft } from "./defaults.ts";
import { parseDuration } from "./duration.ts";
import type { FlagValues } from "./flags.ts";
import { findDocument, type KubeadmDocument, valueAt } from "./kubeadm-documents.ts";
import { type KubernetesVersion, parseKubernetesVersion } from "./kubernetes-version.ts";
import { externalPortMissing } from "./external-port.ts";
import { normalizeKubeVip, normalizeServiceLoadBalancer } from "./normalize-kube-vip.ts";
import { readPath } from "./paths.ts";
import type { HAConfiguration } from "./schema.ts";
import type { PatchFile } from "./patches.ts";
import {
  type ClusterSpec,
  isBalancer,
  type LoadBalancerProvider,
  type NodeSpec,
  snippetKeys,
  type VirtualIPProvider,
} from "./spec.ts";

interface NormalizeInput {
  readonly configuration: HAConfiguration;
  readonly nodeIndices: readonly number[];
  readonly kubeadmDocuments: readonly KubeadmDocument[];
  readonly flags: FlagValues;
  readonly patches: readonly PatchFile[];
}

/** Puts the defaults under what the user wrote. What cannot be resolved is a finding, and a stand-in lets the rules run all the same. */
export function normalize(input: NormalizeInput): {
  readonly spec: ClusterSpec;
  readonly problems: readonly Finding[];
} {
  const problems: Finding[] = [];
  const { configuration, kubeadmDocuments } = input;
  const kubernetesVersion = resolveVersion(input, problems);
  const apiServerPort = resolvePort(input, problems);
  const documentEndpoint = endpointOfDocument(kubeadmDocuments);
  const draft: Draft = { configuration, apiServerPort, documentEndpoint };
  const get = <Key extends DefaultKey>(key: Key): ReturnType<(typeof defaults)[Key]["value"]> =>
    valueOrDefault(key, draft);
  const part = { configuration, kubernetesVersion, get };
  const milliseconds = (key: DurationKey): number => parseDuration(get(key)) ?? 0;
  const originals: Record<string, string> = {};
  const image = (key: ImageKey): string => {
    const name = throughRegistry(get(key), configuration.images?.repository);
    originals[name] = get(key);
    return name;
  };
  problems.push(...externalPortMissing(draft));
  const loadBalancer = {
    provider: loadBalancerProvider(configuration),
    port: get("loadBalancer.port"),
    redirectFrom: configuration.loadBalancer?.redirectFrom,
    healthPort: get("loadBalancer.healthPort"),
  };
  const spec: ClusterSpec = {
    kubernetesVersion,
    endpoint: resolveEndpoint(
      input,
      loadBalancer.provider === "none" ? apiServerPort : (loadBalancer.redirectFrom ?? loadBalancer.port),
    ),
    virtualIP: {
      provider: virtualIPProvider(configuration),
      addresses: (configuration.virtualIP?.addresses ?? [])
        .map((text) => parsePrefix(text)?.address ?? parseAddress(text))
        .filter((address) => address !== undefined),
      networks: (configuration.virtualIP?.addresses ?? [])
        .map((text) => parsePrefix(text))
        .filter((prefix): prefix is Prefix => prefix !== undefined),
      interface: configuration.virtualIP?.interface,
    },
    loadBalancer: loadBalancer.provider === "none" ? { ...loadBalancer, port: apiServerPort } : loadBalancer,
    deployAs: get("deployAs"),
    host: {
      family: get("host.family"),
      keepalived: get("host.keepalived"),
      haproxy: get("host.haproxy"),
      nginx: get("host.nginx"),
    },
    workerProxy:
      configuration.workerProxy === undefined
        ? undefined
        : { provider: configuration.workerProxy.provider ?? "haproxy" },
    failover: get("failover"),
    apiServerPort,
    certSANs: get("certSANs"),
    hosts: get("hosts"),
    extraPorts: get("extraPorts"),
    images: {
      kubeVip: image("images.kubeVip"),
      keepalived: image("images.keepalived"),
      haproxy: image("images.haproxy"),
      kubeVipCloudProvider: image("images.kubeVipCloudProvider"),
      nginx: image("images.nginx"),
      ...(configuration.images?.repository === undefined ? {} : { originals }),
    },
    keepalived: {
      virtualRouterID: get("keepalived.virtualRouterID"),
      virtualRouterIDChosen: configuration.keepalived?.virtualRouterID !== undefined,
      advertisementInterval: milliseconds("keepalived.advertisementInterval"),
      realtimePriority: get("keepalived.realtimePriority"),
      checkTimeout: milliseconds("keepalived.checkTimeout"),
      multicast: get("keepalived.multicast"),
      hmacKeyFile: configuration.keepalived?.hmacKeyFile,
    },
    haproxy: {
      checkInterval: milliseconds("haproxy.checkInterval"),
      fastInterval: milliseconds("haproxy.fastInterval"),
      checkTimeout: milliseconds("haproxy.checkTimeout"),
      connectTimeout: milliseconds("haproxy.connectTimeout"),
      fall: get("haproxy.fall"),
      rise: get("haproxy.rise"),
      balance: get("haproxy.balance"),
      maxConnections: get("haproxy.maxConnections"),
      tunnelTimeout: milliseconds("haproxy.tunnelTimeout"),
      drainTimeout: milliseconds("haproxy.drainTimeout"),
    },
    nginx: {
      connectTimeout: milliseconds("nginx.connectTimeout"),
      maxFails: get("nginx.maxFails"),
      failTimeout: milliseconds("nginx.failTimeout"),
      idleTimeout: milliseconds("nginx.idleTimeout"),
    },
    kubeVip: normalizeKubeVip(part),
    snippets: snippets(configuration),
    serviceLoadBalancer: normalizeServiceLoadBalancer(part),
    distribution: get("distribution"),
    staticPodPath: get("staticPodPath"),
    kubeconfigPath: get("kubeconfigPath"),
    nodes: nodes(input),
    kubeadmDocuments,
    patches: input.patches,
    fromFlags: fromFlags(input.flags),
  };
  return { spec, problems };
}

/** The value of a key: what the user wrote, else the default, in the user's form. */
export function valueOrDefault<Key extends DefaultKey>(
  key: Key,
  draft: Draft,
): ReturnType<(typeof defaults)[Key]["value"]> {
  const written = key
    .split(".")
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], draft.configuration);
  // The schema and the table agree on every key's type: test/config/defaults.test.ts checks each.
  return (written ?? defaults[key].value(draft)) as ReturnType<(typeof defaults)[Key]["value"]>;
}

type DurationKey = Extract<DefaultKey, `${string}${"Interval" | "Timeout" | "Duration" | "Deadline" | "Period"}`>;
type ImageKey =
  | "images.kubeVip"
  | "images.kubeVipCloudProvider"
  | "images.keepalived"
  | "images.haproxy"
  | "images.nginx";

function loadBalancerProvider({ loadBalancer, nodes }: HAConfiguration): LoadBalancerProvider {
  const provider = loadBalancer?.provider;
  // LVS beside API servers is a finding of its own.
  if (provider === "lvs") return nodes?.some(({ role }) => role === "load-balancer") === true ? provider : "none";
  return isBalancer(provider) || provider === "external" ? provider : "none";
}

function virtualIPProvider({ virtualIP, loadBalancer }: HAConfiguration): VirtualIPProvider {
  return virtualIP?.provider ?? (loadBalancer?.provider === "external" ? "none" : "kube-vip");
}

function resolveVersion(input: NormalizeInput, problems: Finding[]): KubernetesVersion {
  const cluster = findDocument(input.kubeadmDocuments, "ClusterConfiguration");
  const fromKubeadm = valueAt(cluster, ["kubernetesVersion"]);
  const text = input.configuration.kubernetesVersion ?? (typeof fromKubeadm === "string" ? fromKubeadm : undefined);
  const version = text === undefined ? undefined : parseKubernetesVersion(text);
  if (version !== undefined) return version;
  const remedy = "write the release to install, such as v1.36.3; without it kubeadm asks the network";
  if (text === undefined)
    problems.push({
      rule: "missing-key",
      severity: "error",
      path: "kubernetesVersion",
      message: "is missing here and in ClusterConfiguration",
      remedy,
    });
  else
    problems.push({
      rule: "kubernetes-version",
      severity: "error",
      path: "kubernetesVersion",
      message: `"${text}" is not a release of Kubernetes`,
      remedy,
      ...(cluster && { position: cluster.source.locate(["kubernetesVersion"]) }),
    });
  return { minor: 37, patch: 0, preRelease: "", text: "v1.37.0" };
}

function resolvePort(input: NormalizeInput, problems: Finding[]): number {
  const flag = input.flags.apiserverBindPort;
  const document = findDocument(input.kubeadmDocuments, "InitConfiguration");
  const written =
    flag === undefined
      ? (valueAt(document, ["localAPIEndpoint", "bindPort"]) ?? joinPort(input.kubeadmDocuments))
      : /^[1-9]\d{0,4}$/.test(flag)
        ? Number(flag)
        : flag;
  if (written === undefined) return 6443;
  if (typeof written === "number" && Number.isInteger(written) && written >= 1 && written <= 65_535) return written;
  const position =
    flag === undefined ? document?.source.locate(["localAPIEndpoint", "bindPort"]) : { flag: "--apiserver-bind-port" };
  problems.push({
    rule: "range",
    severity: "error",
    path: "localAPIEndpoint.bindPort",
    message: `${JSON.stringify(flag ?? written)} is not a port`,
    remedy: "write a whole number from 1 to 65535",
    ...(position && { position }),
  });
  return 6443;
}

function joinPort(documents: readonly KubeadmDocument[]): unknown {
  return valueAt(findDocument(documents, "JoinConfiguration"), ["controlPlane", "localAPIEndpoint", "bindPort"]);
}

function resolveEndpoint(input: NormalizeInput, servedPort: number): ClusterSpec["endpoint"] {
  const draft: Draft = { configuration: input.configuration, apiServerPort: servedPort };
  const text =
    input.configuration.controlPlaneEndpoint ??
    endpointOfDocument(input.kubeadmDocuments) ??
    defaults.controlPlaneEndpoint.value(draft);
  const endpoint = text === undefined ? undefined : parseEndpoint(text);
  if (endpoint === undefined || isEndpointProblem(endpoint)) return { host: "", port: servedPort };
  return { host: endpoint.host, port: endpoint.port ?? servedPort };
}

/** The endpoint in the user's ClusterConfiguration, if there is one. */
export function endpointOfDocument(documents: readonly KubeadmDocument[]): string | undefined {
  const value = valueAt(findDocument(documents, "ClusterConfiguration"), ["controlPlaneEndpoint"]);
  return typeof value === "string" ? value : undefined;
}

function nodes({ configuration, nodeIndices }: NormalizeInput): readonly NodeSpec[] {
  const listed = (configuration.nodes ?? []).map((node, position) => ({
    node,
    path: `nodes[${nodeIndices[position] ?? position}]`,
  }));
  const roles = listed.map(({ node }) => node.role ?? "control-plane");
  const agentRole = roles.includes("load-balancer") ? "load-balancer" : "control-plane";
  const agents = listed.filter((_, index) => roles[index] === agentRole);
  return listed.map(({ node, path }) => {
    const role = node.role ?? "control-plane";
    const rank = role === agentRole ? (node.rank ?? agents.findIndex((agent) => agent.node === node)) : undefined;
    const addresses = node.addresses.map(parseAddress).filter((address): address is Address => address !== undefined);
    return {
      name: node.name,
      path,
      addresses,
      role,
      interface: node.interface ?? configuration.virtualIP?.interface,
      bgpRouterID: node.kubeVip?.bgp?.routerID,
      rank,
      rankChosen: node.rank !== undefined,
    };
  });
}

function snippets({ snippets: written }: HAConfiguration): ClusterSpec["snippets"] {
  const entries = snippetKeys.map((key) => [key, readPath(written, key.split("."))] as const);
  return Object.fromEntries(entries.filter(([, lines]) => Array.isArray(lines)));
}

function throughRegistry(image: string, repository: string | undefined): string {
  if (repository === undefined) return image;
  const [first = "", ...rest] = image.split("/");
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  return `${repository}/${hasHost ? rest.join("/") : image}`;
}

function fromFlags(flags: FlagValues): readonly string[] {
  const keys = {
    kubernetesVersion: flags.kubernetesVersion,
    controlPlaneEndpoint: flags.controlPlaneEndpoint,
    apiServerPort: flags.apiserverBindPort,
  };
  return Object.entries(keys).flatMap(([key, value]) => (value === undefined ? [] : [key]));
}
