import { expect, test } from "vitest";

import { secretStrings } from "../../src/kubeadm/secrets.ts";
import { cluster } from "./spec.ts";

test("every secret of the user's documents, the longest first", () => {
  const documents = `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
bootstrapTokens: [{token: abcdef.0123456789abcdef}, {token: 123456.7890123456789012}]
certificateKey: ${"ab".repeat(32)}
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: JoinConfiguration
discovery: {tlsBootstrapToken: aaaaaa.bbbbbbbbbbbbbbbb, bootstrapToken: {token: "", caCertHashes: [public]}}
---
apiVersion: v1
kind: Secret
stringData: {password: hunter22, enabled: "true"}
`;
  expect(secretStrings(cluster({ documents }))).toEqual([
    "ab".repeat(32),
    "abcdef.0123456789abcdef",
    "aaaaaa.bbbbbbbbbbbbbbbb",
    expect.stringContaining("123456.78901"),
    "hunter22",
  ]);
});
