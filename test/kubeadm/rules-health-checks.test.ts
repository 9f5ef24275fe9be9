import { describe, expect, test } from "vitest";

import type { ClusterSpec } from "../../src/config/spec.ts";
import { kubeadmRules } from "../../src/kubeadm/rules.ts";
import { addresses, b3, b4, cluster, findings } from "./spec.ts";

const virtual = { addresses: addresses("192.168.10.100"), networks: [] };
const none = { provider: "none", port: 6443, healthPort: 8405 } as const;
const stacks = {
  "keepalived and haproxy": { virtualIP: { provider: "keepalived", ...virtual } },
  "kube-vip and haproxy": { virtualIP: { provider: "kube-vip", ...virtual } },
  "keepalived alone": { virtualIP: { provider: "keepalived", ...virtual }, loadBalancer: none },
  "kube-vip alone": { virtualIP: { provider: "kube-vip", ...virtual }, loadBalancer: none },
} as const satisfies Readonly<Record<string, Partial<ClusterSpec>>>;
const who = {
  "keepalived and haproxy": "haproxy",
  "kube-vip and haproxy": "haproxy",
  "keepalived alone": "keepalived's check",
  "kube-vip alone": undefined,
} as const;
const names = Object.keys(stacks) as readonly (keyof typeof stacks)[];

describe.each(names)("%s", (stack) => {
  const checker = who[stack];

  test.each([
    ["/srv/pki", true],
    ["/etc/kubernetes/pki/etcd", true],
    ["/etc/kubernetes/pki", false],
    ["/etc//kubernetes/./pki/", false],
    ["etc/kubernetes/pki", true],
    ['""', false],
  ])("certificatesDir %s", (directory, elsewhere) => {
    const documents = b4("ClusterConfiguration", `certificatesDir: ${directory}`);
    const message = `"${directory}" is not built yet: ${checker} reads the CA of the cluster at /etc/kubernetes/pki/ca.crt`;
    expect(findings(cluster({ ...stacks[stack], documents }))).toEqual(
      elsewhere && checker !== undefined
        ? [`error 3:18 ClusterConfiguration.certificatesDir [kubeadm-certificates-dir] ${message}`]
        : [],
    );
  });

  test.each([
    [b4("ClusterConfiguration", "apiServer: {extraArgs: [{name: anonymous-auth, value: 'false'}]}"), "v1.36.3", "3:55"],
    [b4("ClusterConfiguration", "apiServer: {extraArgs: [{name: anonymous-auth, value: F}]}"), "v1.31.0", "3:55"],
    [b3("ClusterConfiguration", "apiServer: {extraArgs: {anonymous-auth: '0'}}"), "v1.30.4", "3:41"],
    [b4("ClusterConfiguration", "apiServer: {extraArgs: [{name: anonymous-auth, value: 'true'}]}"), "v1.36.3", ""],
    [
      b4(
        "ClusterConfiguration",
        "apiServer: {extraArgs: [{name: anonymous-auth, value: 'false'}, {name: anonymous-auth, value: 'true'}]}",
      ),
      "v1.36.3",
      "",
    ],
  ])("%s", (documents, version, place) => {
    const found = findings(cluster({ ...stacks[stack], documents, version })).filter((line) =>
      line.includes("[kubeadm-anonymous-auth]"),
    );
    const key = version === "v1.30.4" ? "extraArgs.anonymous-auth" : "extraArgs[0].value";
    const message = `anonymous-auth is off: ${checker} gets 401 from every API server and takes all of them for dead`;
    expect(found).toEqual(
      place === "" || checker === undefined
        ? []
        : [`error ${place} ClusterConfiguration.apiServer.${key} [kubeadm-anonymous-auth] ${message}`],
    );
  });
});

test.each([
  [
    "v1.32.0",
    "remove it; an AuthenticationConfiguration (--authentication-config) can allow anonymous requests by anonymous.conditions for /livez, /readyz, /healthz and /api/v1/namespaces/kube-public/configmaps/cluster-info alone",
  ],
  ["v1.31.0", "remove it; from Kubernetes 1.32 on an AuthenticationConfiguration can allow anonymous requests by path"],
])("the remedy on %s", (version, remedy) => {
  const documents = b4("ClusterConfiguration", "apiServer: {extraArgs: [{name: anonymous-auth, value: 'false'}]}");
  const spec = cluster({ version, documents });
  expect(kubeadmRules.flatMap((rule) => rule.check(spec)).map((problem) => problem.remedy)).toContain(remedy);
});
