import { isRecord } from "../config/paths.ts";
import type { ClusterSpec } from "../config/spec.ts";
import { bracketed } from "../net/address.ts";
import { type Endpoint, isEndpointProblem, parseEndpoint } from "../net/endpoint.ts";
import type { Facts } from "../plan/facts.ts";
import { readYaml } from "../yaml/read.ts";
import { endpointText } from "./endpoint-text.ts";
import { isBootstrapToken, isCaCertHash, isCertificateKey } from "./secret-formats.ts";

/** What a node needs to join, from kubeadm's printed command or a JoinConfiguration. */
export interface JoinSecrets {
  readonly token: string;
  readonly caCertHashes: readonly string[];
  readonly certificateKey?: string;
  readonly apiServerEndpoint?: string;
}

/** Why a text gives no join secrets; neither text holds a secret. */
export interface JoinProblem {
  readonly problem: string;
  /** What was recognised, in words. */
  readonly found: string;
}

/**
 * Reads a join file: the command that `kubeadm init` or `kubeadm token create --print-join-command`
 * prints, with whatever prose is around it, or a JoinConfiguration. Of several commands the one with
 * a certificate key is taken: it serves workers too.
 */
export function parseJoinFile(text: string): JoinSecrets | JoinProblem {
  const commands = joinCommands(text);
  const command = commands.find((candidate) => candidate.certificateKey !== undefined) ?? commands[0];
  if (command !== undefined)
    return checked(
      command,
      commands.length === 1 ? "a kubeadm join command" : `${commands.length} kubeadm join commands`,
    );
  const document = joinDocument(text);
  if (document !== undefined) return checked(document, "a JoinConfiguration");
  const found =
    text.trim() === "" ? "nothing: the file is empty" : `${text.trimEnd().split("\n").length} lines without either`;
  return { problem: "holds neither a `kubeadm join` command nor a JoinConfiguration", found };
}

/** Whether the result of `parseJoinFile` is a problem. */
export function isJoinProblem(result: JoinSecrets | JoinProblem): result is JoinProblem {
  return "problem" in result;
}

/** The facts that the join secrets give; several hashes go into one list. */
export function joinFacts({ token, caCertHashes, certificateKey }: JoinSecrets): Facts {
  const facts = { joinToken: token, caCertHashes: caCertHashes.join(", ") };
  return certificateKey === undefined ? facts : { ...facts, certificateKey };
}

/**
 * Why the join file is not one of this cluster, or undefined: what it prints is neither the endpoint, the
 * virtual IP behind it nor a node. The text holds no secret, so what is no HOST:PORT is not repeated.
 */
export function joinEndpointProblem({ apiServerEndpoint }: JoinSecrets, spec: ClusterSpec): string | undefined {
  if (apiServerEndpoint === undefined) return undefined;
  const endpoint = parseEndpoint(apiServerEndpoint);
  const ours = `this cluster is https://${endpointText(spec)}`;
  if (isEndpointProblem(endpoint) || endpoint.port === undefined)
    return `the join file names no API server as HOST:PORT, ${ours}`;
  if (leadsTo(spec, endpoint)) return undefined;
  return `the join file is for https://${bracketed(endpoint.host)}:${endpoint.port}, ${ours}`;
}

interface Candidate {
  readonly token: string | undefined;
  readonly caCertHashes: readonly string[];
  readonly certificateKey: string | undefined;
  readonly apiServerEndpoint: string | undefined;
}

function joinCommands(text: string): readonly Candidate[] {
  // The shell joins lines that end in a backslash; so do we before looking for the command.
  const lines = text.replaceAll(/\\[ \t]*\r?\n/g, " ").split(/\r?\n/);
  return lines.flatMap((line) => {
    const command = /\bkubeadm\s+join\s+(.*)$/.exec(line)?.[1];
    return command === undefined || !/--(token|discovery)/.test(command) ? [] : [fromWords(words(command))];
  });
}

function words(command: string): readonly string[] {
  return command
    .split(/\s+/)
    .filter((word) => word !== "")
    .flatMap((word) => {
      // --flag=value is two words, and quotes may stand around it or its value.
      const [, flag, value] = /^(--[\w-]+)=(.*)$/.exec(unquoted(word)) ?? [];
      return flag === undefined || value === undefined ? [unquoted(word)] : [flag, unquoted(value)];
    });
}

function unquoted(word: string): string {
  return word.replaceAll(/^['"`]+|['"`]+$/g, "");
}

function fromWords(command: readonly string[]): Candidate {
  const values = (flag: string): readonly string[] =>
    command.flatMap((word, index) => {
      const value = command[index + 1];
      return word !== flag || value === undefined || value.startsWith("-") ? [] : [value];
    });
  const first = command[0];
  return {
    token: asText(values("--token").at(-1) ?? values("--discovery-token").at(-1)),
    caCertHashes: values("--discovery-token-ca-cert-hash")
      .flatMap((value) => value.split(","))
      .filter((hash) => hash !== ""),
    certificateKey: asText(values("--certificate-key").at(-1)),
    apiServerEndpoint: first?.startsWith("-") === false ? asText(first) : undefined,
  };
}

function joinDocument(text: string): Candidate | undefined {
  const document = readYaml("join", text)
    .documents.map(({ value }) => value)
    .find((value) => isRecord(value) && value["kind"] === "JoinConfiguration");
  if (!isRecord(document)) return undefined;
  const token = child(child(document, "discovery"), "bootstrapToken");
  const hashes = child(token, "caCertHashes");
  return {
    token: asText(child(token, "token")) ?? asText(child(child(document, "discovery"), "tlsBootstrapToken")),
    caCertHashes: Array.isArray(hashes) ? hashes.map(String) : [],
    certificateKey: asText(child(child(document, "controlPlane"), "certificateKey")),
    apiServerEndpoint: asText(child(token, "apiServerEndpoint")),
  };
}

function checked(
  { token, caCertHashes, certificateKey, apiServerEndpoint }: Candidate,
  found: string,
): JoinSecrets | JoinProblem {
  if (token === undefined) return { problem: "has no token", found };
  if (!isBootstrapToken(token))
    return { problem: "has a token that is not of the form abcdef.0123456789abcdef", found };
  if (caCertHashes.length === 0)
    return { problem: "has no hash of the cluster's CA certificate (--discovery-token-ca-cert-hash sha256:…)", found };
  if (!caCertHashes.every(isCaCertHash))
    return { problem: "has a CA certificate hash that is not sha256: and 64 hexadecimal digits", found };
  if (certificateKey !== undefined && !isCertificateKey(certificateKey))
    return { problem: "has a certificate key that is not 64 hexadecimal digits", found };
  return {
    token,
    caCertHashes,
    ...(certificateKey === undefined ? {} : { certificateKey }),
    ...(apiServerEndpoint === undefined ? {} : { apiServerEndpoint }),
  };
}

function leadsTo({ endpoint, virtualIP, nodes }: ClusterSpec, { host, port }: Endpoint): boolean {
  const served = [endpoint.host, ...virtualIP.addresses.map(({ text }) => text)];
  if (served.includes(host)) return port === endpoint.port;
  return nodes.some(({ name, addresses }) => name === host || addresses.some(({ text }) => text === host));
}

function child(value: unknown, key: string): unknown {
  return isRecord(value) ? value[key] : undefined;
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
