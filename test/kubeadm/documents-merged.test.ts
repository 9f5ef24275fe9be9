import { describe, expect, test } from "vitest";

import type { ClusterSpec } from "../../src/config/spec.ts";
import { kubeadmContent } from "../../src/kubeadm/documents.ts";
import { cluster, nodeNamed } from "./spec.ts";

const text = (spec: ClusterSpec, name: string, role: "init" | "join"): string | undefined =>
  kubeadmContent(spec, nodeNamed(spec, name))[role]?.text;

describe("with documents of the user", () => {
  const join = (more: string): string => `apiVersion: kubeadm.k8s.io/v1beta4\nkind: JoinConfiguration\n${more}`;
  const token = "abcdef.0123456789abcdef";

  test("all documents but the join stay in the init file, in their order, the foreign ones byte for byte", () => {
    const kubelet =
      "---\napiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nmaxPods:   200 # odd  spacing\n# tail\n";
    const documents = `${join("")}${kubelet}---\napiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nclusterName: x`;
    const init = text(cluster({ documents }), "cp1", "init") ?? "";
    expect(init).toContain(kubelet);
    expect(init).not.toContain("JoinConfiguration");
    expect([...init.matchAll(/^kind: (.*)$/gm)].map((match) => match[1])).toEqual([
      "InitConfiguration",
      "KubeletConfiguration",
      "ClusterConfiguration",
    ]);
    // One file, one form: ours follows the user's apiVersion.
    expect(init).toContain("kubeadm.k8s.io/v1beta4\nkind: InitConfiguration");
    expect(init).toContain("    shutdown-delay-duration: 10s\n");
  });

  test("a worker's join loses controlPlane, a control-plane node's keeps it", () => {
    const documents = join("controlPlane:\n  certificateKey: x # mine\n# before\nskipPhases: [a]\n");
    const spec = cluster({ documents });
    expect(text(spec, "w1", "join")).not.toContain("controlPlane");
    expect(text(spec, "w1", "join")).toContain("kind: JoinConfiguration\n# before\nskipPhases: [a]\n");
    expect(text(spec, "cp2", "join")).toContain("certificateKey: x # mine\n  localAPIEndpoint:\n");
  });

  test("the user's own discovery needs no fact", () => {
    const documents = join(`discovery: {bootstrapToken: {token: ${token}, unsafeSkipCAVerification: true}}\n`);
    const spec = cluster({ documents });
    const content = kubeadmContent(spec, nodeNamed(spec, "cp2")).join;
    expect(content?.needs).toEqual([]);
    expect(content?.text).toContain(
      `discovery: {bootstrapToken: {token: ${token}, unsafeSkipCAVerification: true, apiServerEndpoint: "api.example.com:8443"}}\n`,
    );
  });

  test("discovery.file needs no fact either", () => {
    const spec = cluster({ documents: join("discovery:\n  file: {kubeConfigPath: /etc/kubernetes/discovery.conf}\n") });
    expect(kubeadmContent(spec, nodeNamed(spec, "w1")).join?.needs).toEqual([]);
  });

  test("a discovery without a token gets ours, the hashes in flow style", () => {
    const spec = cluster({ documents: join("discovery: {tlsBootstrapToken: ''}\n") });
    const content = kubeadmContent(spec, nodeNamed(spec, "cp2")).join;
    expect(content?.needs).toEqual(["joinToken", "caCertHashes", "certificateKey"]);
    expect(content?.text).toContain(
      'bootstrapToken: {token: "KUBEADM_HA_FACT_joinToken", apiServerEndpoint: "api.example.com:8443", caCertHashes: [KUBEADM_HA_FACT_caCertHashes]}',
    );
  });

  test("an init document serves every node that may have to found the cluster", () => {
    const documents =
      "apiVersion: kubeadm.k8s.io/v1beta4\nkind: InitConfiguration\nnodeRegistration:\n  name: 'cp1' # first\n  kubeletExtraArgs:\n  - {name: node-ip, value: \"192.168.10.11\"}\n";
    const spec = cluster({ documents });
    expect(text(spec, "cp1", "init")).toContain(
      "  name: 'cp1' # first\n  kubeletExtraArgs:\n  - {name: node-ip, value: \"192.168.10.11\"}\nlocalAPIEndpoint:",
    );
    expect(text(spec, "cp2", "init")).toContain(
      "  name: 'cp2' # first\n  kubeletExtraArgs:\n  - {name: node-ip, value: \"192.168.10.12\"}\nlocalAPIEndpoint:",
    );
  });

  test.each([
    ["shutdown-delay-duration of the user", "extraArgs: [{name: shutdown-delay-duration, value: 20s}]", "20s}]", "10s"],
    [
      "a SAN in another spelling",
      "certSANs: [API.internal, 192.168.10.100]",
      "certSANs: [API.internal, 192.168.10.100]\n",
      "- 192.168.10.100",
    ],
    [
      "valueFrom in NO_PROXY",
      "extraEnvs: [{name: HTTP_PROXY, value: p}, {name: NO_PROXY, valueFrom: {}}]",
      "valueFrom: {}}]",
      "10.96",
    ],
  ])("%s stays", (_, line, present, absent) => {
    const spec = cluster({
      certSANs: ["api.internal"],
      documents: `apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\napiServer:\n  ${line}\n`,
    });
    const init = text(spec, "cp1", "init");
    expect(init).toContain(present);
    expect(init).not.toContain(absent);
  });

  test("NO_PROXY is made when a proxy has none, for that component only", () => {
    const documents =
      "apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nscheduler:\n  extraEnvs:\n  - name: https_proxy\n    value: http://p:3128\nnetworking:\n  podSubnet: 10.244.0.0/16,fd01::/48\n";
    const init = text(cluster({ documents }), "cp1", "init");
    expect(init).toContain("    value: http://p:3128\n  # The nodes, the virtual IP");
    expect(init).toContain(
      "  - name: NO_PROXY\n    value: 192.168.10.100,api.example.com,192.168.10.11,192.168.10.12,192.168.10.13,192.168.10.21,10.244.0.0/16,fd01::/48,10.96.0.0/12\n",
    );
    expect(init?.match(/NO_PROXY/g)).toHaveLength(1);
  });

  // kubeadm cuts the stream at bare separators and refuses a piece of comments only.
  test("separators of the user's file", () => {
    const documents = `kind: A\napiVersion: a/v1\n---\r\n${join("").replaceAll("\n", "\r\n")}--- # own\nkind: B\napiVersion: b/v1\n...\n---\nkind: C\napiVersion: c/v1`;
    const spec = cluster({ documents });
    expect(text(spec, "w1", "join")).toMatch(
      /render again\.\napiVersion: kubeadm.k8s.io\/v1beta4\r\nkind: JoinConfiguration\r\n/,
    );
    expect(text(spec, "cp1", "init")).toMatch(
      /---\nkind: A\napiVersion: a\/v1\n---\n--- # own\nkind: B\napiVersion: b\/v1\n\.\.\.\n---\nkind: C\napiVersion: c\/v1\n$/,
    );
  });

  test("a comment above the first separator is no piece of its own", () => {
    const documents = `# Owner: platform team\n---\n${join("")}...\n# and this\n--- # one\nkind: A\napiVersion: a/v1\n`;
    const spec = cluster({ documents });
    expect(text(spec, "w1", "join")).toMatch(/render again\.\n# Owner: platform team\napiVersion:/);
    expect(text(spec, "cp1", "init")).toMatch(/---\n# and this\n# one\nkind: A\napiVersion: a\/v1\n$/);
  });

  test("a byte order mark stays at the beginning of the user's file", () => {
    expect(text(cluster({ documents: `\ufeff${join("")}` }), "w1", "join")).not.toContain("\ufeff");
  });

  test("a comment on the first separator stays before our head", () => {
    const documents = `--- # own\n${join("")}`;
    expect(text(cluster({ documents }), "w1", "join")).toMatch(/^--- # own\n# For `kubeadm join .*\n# .*\napiVersion:/);
  });

  test("a document in JSON stays JSON", () => {
    const documents = `${JSON.stringify({ apiVersion: "kubeadm.k8s.io/v1beta4", kind: "ClusterConfiguration", apiServer: { certSANs: ["a.b"] } })}\n---\n${JSON.stringify({ apiVersion: "kubeadm.k8s.io/v1beta4", kind: "InitConfiguration" })}`;
    const [cluster1, init] = (text(cluster({ documents }), "cp1", "init") ?? "")
      .replaceAll(/^#.*\n/gm, "")
      .split("---\n");
    expect(JSON.parse(cluster1 ?? "")).toMatchObject({
      kubernetesVersion: "v1.36.3",
      apiServer: { certSANs: ["a.b", "192.168.10.100"] },
    });
    expect(JSON.parse(init ?? "")).toMatchObject({
      localAPIEndpoint: { bindPort: 6443 },
      nodeRegistration: { name: "cp1" },
    });
  });
});
