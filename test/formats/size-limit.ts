import type { ClusterSpec } from "../../src/config/spec.ts";
import type { OutputFile } from "../../src/formats/format.ts";
import { compress } from "../../src/host/compress.ts";

/**
 * The documents that are larger than user data may be when it is compressed: EC2's limit and, for kube-vip alone, what
 * leaves room there for the user's own part. For three nodes; each further one is in haproxy's and keepalived's files on
 * every node.
 */
export function tooLarge({ virtualIP, loadBalancer }: ClusterSpec, files: readonly OutputFile[]): readonly object[] {
  const limit = virtualIP.provider === "kube-vip" && loadBalancer.provider === "none" ? 6000 : 16_384;
  return files.map(({ path, text }) => ({ path, size: compress(text).length })).filter(({ size }) => size > limit);
}
