import { bracketed } from "../net/address.ts";
import type { ClusterSpec } from "./spec.ts";

/** Where clients reach the API. */
export function endpointURL(spec: ClusterSpec): string {
  return urlAt(spec, spec.endpoint.host);
}

/** The endpoint, and each virtual IP behind its name: where a cluster answers if there is one. */
export function endpointURLs(spec: ClusterSpec): readonly string[] {
  const hosts = new Set([spec.endpoint.host, ...spec.virtualIP.addresses.map(({ text }) => text)]);
  return [...hosts].map((host) => urlAt(spec, host));
}

function urlAt({ endpoint }: ClusterSpec, host: string): string {
  return `https://${bracketed(host)}:${endpoint.port}`;
}
