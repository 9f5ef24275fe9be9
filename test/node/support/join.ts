import { parseEndpoint } from "../../../src/net/endpoint.ts";
import type { Cluster } from "./clusters.ts";

/** What is secret in a join file. */
export interface JoinSecretTexts {
  readonly token: string;
  readonly hash: string;
  readonly key: string;
}

/** Of the right form and good for nothing. */
export const secrets: JoinSecretTexts = {
  token: "h8k2x0.5m1r9c4t7w3z6p0q",
  hash: `sha256:${"0123456789abcdef".repeat(4)}`,
  key: "fedcba9876543210".repeat(4),
};

/** A join command that fits a cluster: its first node's address stands for the endpoint. */
export function joinCommand({ files }: Cluster, { token, hash, key }: JoinSecretTexts = secrets): string {
  const address = /addresses: \["?([\d.a-f:]+)"?[\],].*\}/.exec(files["ha.yaml"]?.split("nodes:")[1] ?? "")?.[1] ?? "";
  const endpoint = address.includes(":") ? `[${address}]:6443` : `${address}:6443`;
  if ("problem" in parseEndpoint(endpoint)) throw new Error(`no endpoint: ${endpoint}`);
  return `kubeadm join ${endpoint} --token ${token} --discovery-token-ca-cert-hash ${hash} --control-plane --certificate-key ${key}\n`;
}

/** Which of the secrets stand in a text. */
export function secretsIn(text: string): readonly string[] {
  return Object.values(secrets).filter((secret) => text.includes(secret));
}
