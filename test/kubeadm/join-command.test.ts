import { describe, expect, test } from "vitest";

import { isJoinProblem, joinEndpointProblem, joinFacts, parseJoinFile } from "../../src/kubeadm/join-command.ts";
import { cluster } from "./spec.ts";

const token = "abcdef.0123456789abcdef";
const hash = `sha256:${"a1".repeat(32)}`;
const other = `sha256:${"b2".repeat(32)}`;
const key = "c3".repeat(32);

// As `kubeadm init --upload-certs` of 1.36 ends.
const printed = `Your Kubernetes control-plane has initialized successfully!

You can now join any number of control-plane nodes running the following command on each as root:

  kubeadm join api.example.com:8443 --token ${token} \\
\t--discovery-token-ca-cert-hash ${hash} \\
\t--control-plane --certificate-key ${key}

Please note that the certificate-key gives access to cluster sensitive data, keep it secret!

Then you can join any number of worker nodes by running the following on each as root:

kubeadm join api.example.com:8443 --token ${token} \\
\t--discovery-token-ca-cert-hash ${hash} 
`;
const all = { token, caCertHashes: [hash], certificateKey: key, apiServerEndpoint: "api.example.com:8443" };
const worker = { token, caCertHashes: [hash], apiServerEndpoint: "api.example.com:8443" };

test.each([
  ["the end of kubeadm init", printed, all],
  ["the same with CRLF", printed.replaceAll("\n", "\r\n"), all],
  [
    "--print-join-command",
    `kubeadm join api.example.com:8443 --token ${token} --discovery-token-ca-cert-hash ${hash} \n`,
    worker,
  ],
  [
    "with a key",
    `kubeadm join api.example.com:8443 --token ${token} --discovery-token-ca-cert-hash ${hash} --control-plane --certificate-key ${key}`,
    all,
  ],
  [
    "--flag=value and sudo",
    `  $ sudo kubeadm join '[fd00::10]:6443' --token=${token} --discovery-token-ca-cert-hash="${hash}" --certificate-key=${key}`,
    { ...all, apiServerEndpoint: "[fd00::10]:6443" },
  ],
  [
    "several hashes",
    `kubeadm join h:1 --discovery-token-ca-cert-hash ${hash} --discovery-token-ca-cert-hash ${other} --token ${token}`,
    { token, caCertHashes: [hash, other], apiServerEndpoint: "h:1" },
  ],
  [
    "hashes with a comma",
    `kubeadm join h:1 --discovery-token-ca-cert-hash ${hash},${other} --token ${token}`,
    { token, caCertHashes: [hash, other], apiServerEndpoint: "h:1" },
  ],
  [
    "a JoinConfiguration",
    `kind: ClusterConfiguration\n---\napiVersion: kubeadm.k8s.io/v1beta4\nkind: JoinConfiguration\ndiscovery:\n  bootstrapToken: {token: ${token}, apiServerEndpoint: "api.example.com:8443", caCertHashes: ["${hash}"]}\ncontrolPlane: {certificateKey: "${key}"}\n`,
    all,
  ],
  [
    "a JoinConfiguration of a worker",
    `kind: JoinConfiguration\ndiscovery: {tlsBootstrapToken: ${token}, bootstrapToken: {caCertHashes: ["${hash}"]}}\n`,
    { token, caCertHashes: [hash] },
  ],
])("%s", (_, text, expected) => {
  expect(parseJoinFile(text)).toEqual(expected);
});

test("a second command of a newer token does not hide the key", () => {
  expect(
    parseJoinFile(`kubeadm join h:1 --token ${token} --discovery-token-ca-cert-hash ${other}\n${printed}`),
  ).toEqual(all);
});

describe("problems", () => {
  test.each([
    ["", "holds neither a `kubeadm join` command nor a JoinConfiguration", "nothing: the file is empty"],
    ["hello\nthere", "holds neither a `kubeadm join` command nor a JoinConfiguration", "2 lines without either"],
    ["{: [", "holds neither a `kubeadm join` command nor a JoinConfiguration", "1 lines without either"],
    [`kubeadm join h:1 --discovery-token-ca-cert-hash ${hash}`, "has no token", "a kubeadm join command"],
    [
      `kubeadm join h:1 --token SECRET --discovery-token-ca-cert-hash ${hash}`,
      "has a token that is not of the form abcdef.0123456789abcdef",
      "a kubeadm join command",
    ],
    [
      `kubeadm join h:1 --token ${token} --discovery-token-unsafe-skip-ca-verification`,
      "has no hash of the cluster's CA certificate (--discovery-token-ca-cert-hash sha256:…)",
      "a kubeadm join command",
    ],
    [
      `kubeadm join h:1 --token ${token} --discovery-token-ca-cert-hash sha256:SECRET`,
      "has a CA certificate hash that is not sha256: and 64 hexadecimal digits",
      "a kubeadm join command",
    ],
    [
      `kubeadm join h:1 --token ${token} --discovery-token-ca-cert-hash ${hash} --certificate-key SECRET`,
      "has a certificate key that is not 64 hexadecimal digits",
      "a kubeadm join command",
    ],
    [
      `kind: JoinConfiguration\ndiscovery: {bootstrapToken: {token: ${token}}}`,
      "has no hash of the cluster's CA certificate (--discovery-token-ca-cert-hash sha256:…)",
      "a JoinConfiguration",
    ],
  ])("%j", (text, problem, found) => {
    const result = parseJoinFile(text);
    expect(result).toEqual({ problem, found });
    expect(isJoinProblem(result)).toBe(true);
    expect(JSON.stringify(result)).not.toMatch(/SECRET|0123456789abcdef[^"]/);
  });
});

test("facts: the hashes as they stand in a flow list", () => {
  expect(joinFacts({ token, caCertHashes: [hash, other] })).toEqual({
    joinToken: token,
    caCertHashes: `${hash}, ${other}`,
  });
  expect(joinFacts({ token, caCertHashes: [hash], certificateKey: key })).toEqual({
    joinToken: token,
    caCertHashes: hash,
    certificateKey: key,
  });
});

test.each([
  [undefined, undefined],
  ["api.example.com:8443", undefined],
  ["192.168.10.100:8443", undefined],
  ["192.168.10.12:6443", undefined],
  ["cp3:6443", undefined],
  ["10.9.9.9:6443", "the join file is for https://10.9.9.9:6443, this cluster is https://api.example.com:8443"],
  ["[fd00:0::9]:6443", "the join file is for https://[fd00::9]:6443, this cluster is https://api.example.com:8443"],
  [
    "api.example.com:6443",
    "the join file is for https://api.example.com:6443, this cluster is https://api.example.com:8443",
  ],
  [token, "the join file names no API server as HOST:PORT, this cluster is https://api.example.com:8443"],
] as const)("a join file for %s", (apiServerEndpoint, problem) => {
  const secrets = { token, caCertHashes: [hash], ...(apiServerEndpoint !== undefined && { apiServerEndpoint }) };
  expect(joinEndpointProblem(secrets, cluster())).toBe(problem);
});
