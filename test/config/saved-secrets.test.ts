import { describe, expect, it } from "vitest";

import { resolveConfiguration } from "../../src/config/resolve.ts";
import { secretsLeftOut } from "../../src/config/saved.ts";
import type { SourcesInput } from "../../src/config/sources.ts";
import { b4 } from "../kubeadm/spec.ts";
import { ordinary } from "../support/configurations.ts";
import { files, input, keep, type Kept, onNode } from "./saved.ts";

const token = "abcdef.0123456789abcdef";
const key = "0123456789abcdef".repeat(4);

describe("no secret is kept", () => {
  const password = "correct-horse-battery";
  const secretDocument = `apiVersion: v1\nkind: Secret\nmetadata: {name: a} # mine\nstringData:\n  a: ${password}\ndata: {b: ${password}}\n`;

  it.each([
    [
      "behind a hyphen, at the end and in the middle",
      b4(
        "InitConfiguration",
        `# who may join\nbootstrapTokens:\n- token: "${token}" # short\n  # a day\n  ttl: 24h0m0s\n- ttl: 1h0m0s\n  token: ${token}\ncertificateKey: ${key}\nskipPhases: [addon/kube-proxy] # cilium`,
      ),
      b4(
        "InitConfiguration",
        "# who may join\nbootstrapTokens:\n- ttl: 24h0m0s\n- ttl: 1h0m0s\nskipPhases: [addon/kube-proxy] # cilium",
      ),
    ],
    [
      "alone",
      b4("InitConfiguration", `bootstrapTokens:\n- token: ${token}\n- {token: ${token}}`),
      b4("InitConfiguration", "bootstrapTokens:\n- {}\n- {}"),
    ],
    [
      "in flow style",
      b4(
        "InitConfiguration",
        `bootstrapTokens: [{token: ${token}, ttl: 1h0m0s}, {ttl: 2h0m0s, token: "${token}"}]\ncertificateKey: ${key}`,
      ),
      b4("InitConfiguration", "bootstrapTokens: [{ttl: 1h0m0s}, {ttl: 2h0m0s}]"),
    ],
    [
      "in a comment too",
      b4("InitConfiguration", `# was ${token}\nbootstrapTokens: [{token: ${token}, ttl: 1h0m0s}] # ${token}`),
      b4("InitConfiguration", "# was REDACTED\nbootstrapTokens: [{ttl: 1h0m0s}] # REDACTED"),
    ],
    [
      "behind aliases",
      b4(
        "InitConfiguration",
        `bootstrapTokens: [&a {token: &t ${token}, ttl: 1h0m0s}, *a, {token: *t, ttl: 2h0m0s}]\ncertificateKey: ${key}`,
      ),
      b4("InitConfiguration", "bootstrapTokens: [&a {ttl: 1h0m0s}, *a, {ttl: 2h0m0s}]"),
    ],
    [
      "as the anchor of something else",
      b4("InitConfiguration", `certificateKey: &k ${key}\npatches: {directory: *k}`),
      b4("InitConfiguration", "patches:\n  directory: REDACTED"),
    ],
    [
      "of a node that joins",
      b4(
        "JoinConfiguration",
        `discovery:\n  bootstrapToken:\n    token: ${token}\n    unsafeSkipCAVerification: true\n  tlsBootstrapToken: ${token}\ncontrolPlane:\n  certificateKey: ${key}`,
      ),
      b4("JoinConfiguration", "discovery:\n  bootstrapToken:\n    unsafeSkipCAVerification: true\ncontrolPlane:\n  {}"),
    ],
    ["in a Secret", secretDocument, "apiVersion: v1\nkind: Secret\nmetadata: {name: a} # mine\n"],
    [
      "with values that Go reads in its own way",
      b4("InitConfiguration", `timeouts: {a: 010, b: no}   # as it is\ncertificateKey: ${key}`),
      b4("InitConfiguration", "timeouts: {a: 010, b: no}   # as it is"),
    ],
  ])("%s", (_, documents, expected) => {
    // What has to be written anew has our own line ends.
    for (const lineEnd of expected.includes("  directory: ") ? ["\n"] : ["\n", "\r\n"]) {
      const { text } = keep(input(ordinary, documents.replaceAll("\n", lineEnd)), []);
      expect(text).toBe(`${secretsLeftOut}\n${ordinary}---\n${expected.replaceAll("\n", lineEnd)}`);
      expect(keep(input(text), []).text).toBe(text);
    }
  });

  const documents = `${b4("InitConfiguration", `certificateKey: ${key}`)}---\n${b4("ClusterConfiguration", "clusterName: a")}---\n${secretDocument}`;

  it("and everything but the first node's kubeadm.yaml is made of the rest", () => {
    const laptop = keep(input(ordinary, documents));
    const node = onNode(laptop.text);
    const without = (kept: Kept): unknown =>
      Object.entries(files(kept)).filter(([name]) => !/ init .*kubeadm\.yaml$/.test(name));
    expect(without(node)).toEqual(without(laptop));
    for (const secret of [key, password]) expect(laptop.text).not.toContain(secret);
  });

  it("and the text says so from then on, through flags and further documents, until the secrets come back", () => {
    const { text } = keep(input(ordinary, documents));
    const lacks = (of: SourcesInput): boolean => resolveConfiguration(of).secretsLeftOut;
    expect([lacks(input(ordinary)), lacks(input(ordinary, documents)), lacks(input(text))]).toEqual([
      false,
      false,
      true,
    ]);
    const flagged = input(text, undefined, { interface: "eth9" });
    expect(lacks(flagged)).toBe(true);
    const again = keep(flagged).text;
    expect(again.split(secretsLeftOut)).toHaveLength(2);
    expect(again.startsWith(`${secretsLeftOut}\n`)).toBe(true);
    const more = input(text, b4("JoinConfiguration", "nodeRegistration: {taints: []}"));
    expect(keep(more).text.split(secretsLeftOut)).toHaveLength(2);
    expect(lacks(more)).toBe(true);
    const back = input(keep(input(ordinary)).text, documents);
    expect(keep(back).text).toBe(text);
    expect(lacks(input(text, b4("JoinConfiguration", `controlPlane: {certificateKey: ${key}}`)))).toBe(false);
  });
});
