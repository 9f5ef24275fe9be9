import type { KubeadmDocument } from "../../src/config/kubeadm-documents.ts";
import { parseKubernetesVersion } from "../../src/config/kubernetes-version.ts";
import type { Rule } from "../../src/config/rule.ts";
import type { ClusterSpec, NodeSpec } from "../../src/config/spec.ts";
import { parseAddress } from "../../src/net/address.ts";
import { kubeadmRules } from "../../src/kubeadm/rules.ts";
import { readYaml } from "../../src/yaml/read.ts";
import { byKubeadm, ordinaryKubeVip } from "../support/kube-vip-spec.ts";

/** A three-node cluster with one worker; `documents` is the user's YAML stream. */
export function cluster(
  changes: Partial<ClusterSpec> & { readonly version?: string; readonly documents?: string } = {},
): ClusterSpec {
  const { version = "v1.36.3", documents = "", ...rest } = changes;
  const kubernetesVersion = parseKubernetesVersion(version);
  if (kubernetesVersion === undefined) throw new Error(version);
  return {
    kubernetesVersion,
    endpoint: { host: "api.example.com", port: 8443 },
    virtualIP: { provider: "keepalived", addresses: addresses("192.168.10.100"), networks: [] },
    loadBalancer: { provider: "haproxy", port: 8443, healthPort: 8405 },
    host: { family: "debian", keepalived: "2.2.7", haproxy: "2.6.12", nginx: "1.22.1" },
    workerProxy: undefined,
    hosts: false,
    extraPorts: [],
    snippets: {},
    failover: "balanced",
    apiServerPort: 6443,
    certSANs: [],
    images: { kubeVipCloudProvider: "", kubeVip: "v", keepalived: "k", haproxy: "h", nginx: "n" },
    keepalived: {
      virtualRouterID: 1,
      advertisementInterval: 300,
      virtualRouterIDChosen: true,
      realtimePriority: 0,
      checkTimeout: 3000,
      multicast: false,
    },
    haproxy: {
      checkInterval: 1000,
      fastInterval: 250,
      checkTimeout: 1000,
      connectTimeout: 500,
      fall: 2,
      rise: 2,
      balance: "leastconn",
      maxConnections: 8000,
      tunnelTimeout: 1,
      drainTimeout: 15_000,
    },
    nginx: { connectTimeout: 500, maxFails: 1, failTimeout: 5000, idleTimeout: 1 },
    kubeVip: { ...ordinaryKubeVip, metricsAddress: "" },
    ...byKubeadm,
    nodes: [
      node("cp1", "192.168.10.11"),
      node("cp2", "192.168.10.12"),
      node("cp3", "192.168.10.13"),
      { ...node("w1", "192.168.10.21"), role: "worker", rank: undefined, rankChosen: false },
    ],
    kubeadmDocuments: read(documents),
    patches: [],
    fromFlags: [],
    ...rest,
  };
}

export function node(name: string, ...texts: readonly string[]): NodeSpec {
  return {
    name,
    path: "nodes[0]",
    addresses: addresses(...texts),
    role: "control-plane",
    interface: "eth0",
    rank: 0,
    rankChosen: true,
  };
}

export function addresses(...texts: readonly string[]): NodeSpec["addresses"] {
  return texts.map(parseAddress).filter((address) => address !== undefined);
}

export function nodeNamed(spec: ClusterSpec, name: string): NodeSpec {
  const found = spec.nodes.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}

/** Every finding as one line: severity, place, rule, message. */
export function findings(spec: ClusterSpec, rules: readonly Rule[] = kubeadmRules): readonly string[] {
  return rules.flatMap((rule) =>
    rule.check(spec).map(({ severity, path, message, position }) => {
      const place = position !== undefined && "line" in position ? `${position.line}:${position.column} ` : "";
      return `${severity} ${place}${path} [${rule.id}] ${message}`;
    }),
  );
}

function read(text: string): readonly KubeadmDocument[] {
  const { documents, findings: problems } = readYaml("kubeadm.yaml", text);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return documents.map((source) => {
    const { apiVersion, kind } = source.value as { apiVersion: string; kind: string };
    return { apiVersion, kind, source };
  });
}

/** A document of kubeadm's v1beta4. */
export const b4 = (kind: string, more: string): string =>
  `apiVersion: kubeadm.k8s.io/v1beta4\nkind: ${kind}\n${more}\n`;

/** A document of kubeadm's v1beta3. */
export const b3 = (kind: string, more: string): string =>
  `apiVersion: kubeadm.k8s.io/v1beta3\nkind: ${kind}\n${more}\n`;

type Changes = NonNullable<Parameters<typeof cluster>[0]>;
type Case = readonly [documents: string, expected: readonly string[], changes?: Changes];

/** Rows of a table whose changes may be left out. */
export function cases(
  list: readonly Case[],
): readonly (readonly [documents: string, expected: readonly string[], changes: Changes])[] {
  return list.map(([documents, expected, changes = {}]) => [documents, expected, changes]);
}
