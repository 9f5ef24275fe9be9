import type { ClusterSpec } from "../../config/spec.ts";
import { listenAddress } from "../listen-address.ts";

/** Where haproxy listens at a port, in its own words. */
export function bindAddress(spec: ClusterSpec, port: number): string {
  const address = listenAddress(spec);
  if (address === "0.0.0.0") return `0.0.0.0:${port}`;
  return address === "*" ? `:::${port} v4v6` : `:::${port} v6only`;
}
