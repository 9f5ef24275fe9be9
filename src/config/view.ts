import type { Position } from "../findings/finding.ts";
import { toYaml } from "../yaml/write.ts";
import { type DefaultKey, defaults, type Draft } from "./defaults.ts";
import { readPath, writePath } from "./paths.ts";
import { endpointOfDocument, valueOrDefault } from "./normalize.ts";
import { settingsHold } from "./rules/balancer-keys.ts";
import { apiVersion, type HAConfiguration, kind } from "./schema.ts";
import type { ClusterSpec } from "./spec.ts";
import { bracketed } from "../net/address.ts";

/** Every key with the value that is used, under a comment that says where it comes from. */
export function configView(
  configuration: HAConfiguration,
  spec: ClusterSpec,
  origin: (key: string) => Position | undefined,
): string {
  const draft: Draft = {
    configuration,
    apiServerPort: spec.apiServerPort,
    documentEndpoint: endpointOfDocument(spec.kubeadmDocuments),
  };
  const root: Record<string, unknown> = { apiVersion, kind };
  const comments: Record<string, string> = { "": "Every value that is used, and where it comes from." };
  const put = (key: string, value: unknown, source: string): void => {
    if (value === undefined) return;
    writePath(root, key.split("."), value);
    comments[key] = source;
  };
  const from = (key: string, reason: string): string => {
    const position = origin(key);
    if (position === undefined) return `default: ${reason}`;
    return "flag" in position ? `from ${position.flag}` : `from ${position.file}:${position.line}`;
  };
  put("kubernetesVersion", spec.kubernetesVersion.text, from("kubernetesVersion", ""));
  put(
    "controlPlaneEndpoint",
    `${bracketed(spec.endpoint.host)}:${spec.endpoint.port}`,
    from("controlPlaneEndpoint", defaults.controlPlaneEndpoint.reason),
  );
  put("virtualIP.provider", configuration.virtualIP?.provider, from("virtualIP.provider", ""));
  put("virtualIP.addresses", configuration.virtualIP?.addresses, from("virtualIP.addresses", ""));
  for (const key of plainKeys.filter((name) => applies(name, configuration)))
    put(key, valueOrDefault(key, draft), from(key, defaults[key].reason));
  for (const key of writtenKeys) put(key, readPath(configuration, key.split(".")), from(key, ""));
  for (const [key, value] of Object.entries(spec.kubeVip.extraEnv))
    put(`kubeVip.extraEnv.${key}`, value, from("kubeVip.extraEnv", ""));
  put("nodes", spec.nodes.map(describeNode), from("nodes", ""));
  return toYaml(root, comments);
}

const plainKeys = (Object.keys(defaults) as readonly DefaultKey[]).filter(
  (key) => !key.startsWith("nodes[]") && key !== "controlPlaneEndpoint",
);

/** Keys without a default that are shown where they are written. */
const writtenKeys = [
  "kubeVip.bgp.routerID",
  "kubeVip.bgp.peers",
  "kubeVip.bgp.sourceInterface",
  "kubeVip.dns",
  "kubeVip.loseLeadershipAfter",
  "serviceLoadBalancer.interface",
  "serviceLoadBalancer.class",
  "serviceLoadBalancer.pools",
  "serviceLoadBalancer.egress",
];

/** Whether a default stands for anything: some maps switch a thing on by being there, others belong to one program. */
function applies(key: string, configuration: HAConfiguration): boolean {
  const { kubeVip, serviceLoadBalancer } = configuration;
  const [program = ""] = key.split(".");
  // What has no effect would be refused when it is read again.
  if (program === "haproxy" || program === "nginx") return settingsHold(configuration, program);
  if (key.startsWith("serviceLoadBalancer.")) return serviceLoadBalancer !== undefined;
  if (key.startsWith("kubeVip.ipvs.")) return kubeVip?.ipvs !== undefined;
  if (key.startsWith("kubeVip.bgp.")) return kubeVip?.mode === "bgp";
  return !key.startsWith("kubeVip.routingTable.") || kubeVip?.mode === "routing-table";
}

function describeNode(node: ClusterSpec["nodes"][number]): unknown {
  return {
    name: node.name,
    addresses: node.addresses.map((address) => address.text),
    role: node.role,
    ...(node.interface !== undefined && { interface: node.interface }),
    ...(node.rank !== undefined && { rank: node.rank }),
    ...(node.bgpRouterID !== undefined && { kubeVip: { bgp: { routerID: node.bgpRouterID } } }),
  };
}
