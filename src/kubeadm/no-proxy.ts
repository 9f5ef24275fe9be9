import { findDocument, valueAt } from "../config/kubeadm-documents.ts";
import { isRecord } from "../config/paths.ts";
import type { ClusterSpec } from "../config/spec.ts";
import type { WantedMap } from "./change.ts";
import { serviceNetwork } from "./service-network.ts";

/**
 * What NO_PROXY of a control-plane component lacks when its user gave it a proxy: without this the
 * component asks the proxy for the API server and for webhooks in the cluster.
 */
export function noProxyEnvs(
  spec: ClusterSpec,
  component: "apiServer" | "controllerManager" | "scheduler",
): WantedMap | readonly WantedMap[] | undefined {
  const envs = readEnvs(valueAt(findDocument(spec.kubeadmDocuments, "ClusterConfiguration"), [component, "extraEnvs"]));
  if (!envs.some((env) => /^https?_proxy$/i.test(env.name))) return undefined;
  const exceptions = envs.filter((env) => /^no_proxy$/i.test(env.name));
  const direct = directTargets(spec);
  if (exceptions.length === 0) return [{ name: "NO_PROXY", value: direct.join(",") }];
  return Object.fromEntries(
    exceptions.flatMap(({ index, value }) => (value === undefined ? [] : [[index, { value: united(value, direct) }]])),
  );
}

interface Env {
  readonly name: string;
  /** Undefined when it comes from elsewhere (valueFrom). */
  readonly value: string | undefined;
  readonly index: number;
}

function readEnvs(value: unknown): readonly Env[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.flatMap((item, index) => {
    if (!isRecord(item) || typeof item["name"] !== "string") return [];
    return [
      {
        name: item["name"],
        value: typeof item["value"] === "string" ? item["value"] : undefined,
        index,
      },
    ];
  });
}

function directTargets(spec: ClusterSpec): readonly string[] {
  const pods = valueAt(findDocument(spec.kubeadmDocuments, "ClusterConfiguration"), ["networking", "podSubnet"]);
  const subnets = [pods, serviceNetwork(spec).text];
  return [
    ...new Set([
      ...spec.virtualIP.addresses.map((address) => address.text),
      spec.endpoint.host,
      ...spec.nodes.flatMap((node) => node.addresses.map((address) => address.text)),
      ...subnets.flatMap((subnet) => (typeof subnet === "string" ? parts(subnet) : [])),
    ]),
  ];
}

function united(value: string, further: readonly string[]): string {
  const present = parts(value);
  if (present.includes("*")) return value;
  const missing = further.filter((target) => !present.includes(target));
  return missing.length === 0 ? value : [...present, ...missing].filter((part) => part !== "").join(",");
}

function parts(text: string): readonly string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
