import { resolveConfiguration } from "../../../src/config/resolve.ts";
import type { ClusterSpec, NodeSpec } from "../../../src/config/spec.ts";
import { formatFindings } from "../../../src/findings/text.ts";
import { filesFormat } from "../../../src/formats/files.ts";
import { kubeadmRules } from "../../../src/kubeadm/rules.ts";
import { makePlan } from "../../../src/plan/make-plan.ts";
import type { LabPlan } from "../lab/lab.ts";
import type { NodeFile } from "../lab/node.ts";
import type { Configuration } from "./configurations.ts";
import { oracle } from "./programs.ts";

/** A configuration as files on nodes. */
export interface Rendered {
  readonly spec: ClusterSpec;
  readonly nodes: readonly RenderedNode[];
}

export interface RenderedNode {
  readonly node: NodeSpec;
  /** Of the virtual IP, where the configuration leaves it to the machine, too. */
  readonly interface: string;
  readonly files: readonly NodeFile[];
}

/** What a node knows and what the operator brings; the secrets are of the right form and good for nothing. */
const facts = {
  interface: "eth0",
  joinToken: "abcdef.0123456789abcdef",
  caCertHashes: `sha256:${"0123456789abcdef".repeat(4)}`,
  certificateKey: "fedcba9876543210".repeat(4),
  caCertificate: "no certificate",
};

/** Renders as the command line does; what is wrong with the configuration is an error here. */
export function render(configuration: Configuration, version?: string): Rendered {
  const minor = Number(/^v1\.(\d+)\./.exec(version ?? "v1.36.3")?.[1]);
  const kubeadm = configuration.kubeadm(minor);
  const { spec, findings } = resolveConfiguration({
    file: { name: "ha.yaml", text: configuration.text },
    kubeadmFile: kubeadm === undefined ? undefined : { name: "kubeadm.yaml", text: kubeadm },
    flags: version === undefined ? {} : { kubernetesVersion: version },
    rules: kubeadmRules,
  });
  if (spec === undefined) throw new Error(`${configuration.name}: ${formatFindings(findings)}`);
  const { files, incomplete } = filesFormat.produce(makePlan(spec), { facts: () => facts, spec, product: "0" });
  if (incomplete.length > 0)
    throw new Error(`${configuration.name}: facts are missing for ${incomplete.map(({ path }) => path).join(", ")}`);
  const ofNode = (name: string): readonly NodeFile[] =>
    files
      .filter((file) => file.node === name)
      .map(({ path, mode, text }) => ({ path: path.slice(name.length), mode, text }));
  return {
    spec,
    nodes: spec.nodes.map((node) => ({ node, interface: node.interface ?? facts.interface, files: ofNode(node.name) })),
  };
}

/** The content of a node's file; undefined where it has none. */
export function fileText({ files }: RenderedNode, path: string): string | undefined {
  return files.find((file) => file.path === path)?.text;
}

/** What the lab needs to know of a cluster with keepalived. */
export function labPlan({ spec, nodes }: Rendered): LabPlan {
  return {
    nodes: nodes.map(({ node, interface: device, files }) => ({
      name: node.name,
      interface: device,
      addresses: node.addresses.map(({ text }) => text),
      files,
    })),
    virtualIPs: spec.virtualIP.addresses.map(({ text }) => text),
    endpoint: spec.endpoint,
    apiServerPort: spec.apiServerPort,
    pods: spec.loadBalancer.provider === "haproxy" ? ["haproxy", "keepalived"] : ["keepalived"],
    kubeadm: oracle("kubeadm-v1.36.3"),
  };
}
