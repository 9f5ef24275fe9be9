import { describe, expect, test } from "vitest";

import { kubeadmRules } from "../../src/kubeadm/rules.ts";
import { b3, b4, cluster } from "./spec.ts";

/** Every error as place, message and remedy. */
function errors(documents: string, version: string): readonly string[] {
  const spec = cluster({ documents, version });
  return kubeadmRules.flatMap((rule) =>
    rule
      .check(spec)
      .filter(({ severity }) => severity === "error")
      .map(({ message, remedy, position }) => {
        const place = position !== undefined && "line" in position ? `${position.line}:${position.column}` : "";
        return `${place} [${rule.id}] ${message}; ${remedy}`;
      }),
  );
}

const beta3 = "kubeadm.k8s.io/v1beta3";
const beta4 = "kubeadm.k8s.io/v1beta4";
const field = "[kubeadm-unknown-field]";

describe("kinds", () => {
  test.each([
    [
      b4("ClusterConfiguraton", ""),
      "v1.36.3",
      [`2:7 [kubeadm-unknown-kind] ${beta4} has no kind "ClusterConfiguraton"; write ClusterConfiguration`],
    ],
    [
      b4("Cluster", ""),
      "v1.36.3",
      [
        `2:7 [kubeadm-unknown-kind] ${beta4} has no kind "Cluster"; remove the document, or write one of InitConfiguration, ClusterConfiguration, JoinConfiguration, ResetConfiguration, UpgradeConfiguration`,
      ],
    ],
    [
      b3("ResetConfiguration", ""),
      "v1.30.4",
      [
        `2:7 [kubeadm-unknown-kind] ${beta3} has no kind "ResetConfiguration"; remove the document: ${beta4} has it, from Kubernetes 1.31 on`,
      ],
    ],
    [b4("ResetConfiguration", "force: true"), "v1.31.0", []],
    [b4("UpgradeConfiguration", ""), "v1.37.0", []],
    ["apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguraton\n", "v1.36.3", []],
  ])("%j on %s", (documents, version, expected) => {
    expect(errors(documents, version)).toEqual(expected);
  });
});

describe("fields", () => {
  test.each<readonly [documents: string, version: string, expected: readonly string[]]>([
    [
      b4("ClusterConfiguration", "apiServr: {certSANs: [a]}"),
      "v1.36.3",
      [`3:1 ${field} ${beta4} has no field apiServr; write apiServer`],
    ],
    [
      b4("ClusterConfiguration", "apiServer: {certSans: [a]}"),
      "v1.36.3",
      [`3:13 ${field} ${beta4} has no field apiServer.certSans; write certSANs`],
    ],
    [
      b3("ClusterConfiguration", "apiServer: {certSAN: [a]}"),
      "v1.30.4",
      [`3:13 ${field} ${beta3} has no field apiServer.certSAN; write certSANs`],
    ],
    [
      b4("ClusterConfiguration", "certSANs: [a]"),
      "v1.36.3",
      [`3:1 ${field} ${beta4} has no field certSANs; write it as apiServer.certSANs of ClusterConfiguration`],
    ],
    [
      b4("InitConfiguration", "controlPlaneEndpoint: a"),
      "v1.36.3",
      [
        `3:1 ${field} ${beta4} has no field controlPlaneEndpoint; write it as controlPlaneEndpoint of ClusterConfiguration`,
      ],
    ],
    [
      b4("ClusterConfiguration", "controllerManager: {extraArg: []}\nscheduler: {extraVolume: []}"),
      "v1.36.3",
      [
        `3:21 ${field} ${beta4} has no field controllerManager.extraArg; write extraArgs`,
        `4:13 ${field} ${beta4} has no field scheduler.extraVolume; write extraVolumes`,
      ],
    ],
    [
      b4("ClusterConfiguration", "networking: {podSubnets: 10.244.0.0/16}\netcd: {local: {datadir: /x}}"),
      "v1.36.3",
      [
        `3:14 ${field} ${beta4} has no field networking.podSubnets; write podSubnet`,
        `4:16 ${field} ${beta4} has no field etcd.local.datadir; write dataDir`,
      ],
    ],
    [
      b4("ClusterConfiguration", "etcd: {external: {endpoint: [a]}, localhost: {}}"),
      "v1.36.3",
      [
        `3:19 ${field} ${beta4} has no field etcd.external.endpoint; write endpoints`,
        `3:35 ${field} ${beta4} has no field etcd.localhost; remove it; etcd has local, external`,
      ],
    ],
    [
      b4("InitConfiguration", "nodeRegistration: {kubeletExtraArg: []}\nlocalAPIEndpoint: {bindport: 6443}"),
      "v1.36.3",
      [
        `3:20 ${field} ${beta4} has no field nodeRegistration.kubeletExtraArg; write kubeletExtraArgs`,
        `4:20 ${field} ${beta4} has no field localAPIEndpoint.bindport; write bindPort`,
      ],
    ],
    [
      b4(
        "JoinConfiguration",
        "discovery: {bootstrapToken: {apiServerEndpoints: 'a:1', caCertHash: []}}\ncontrolPlane: {certKey: ''}",
      ),
      "v1.36.3",
      [
        `3:30 ${field} ${beta4} has no field discovery.bootstrapToken.apiServerEndpoints; write apiServerEndpoint`,
        `3:57 ${field} ${beta4} has no field discovery.bootstrapToken.caCertHash; write caCertHashes`,
        `4:16 ${field} ${beta4} has no field controlPlane.certKey; remove it; controlPlane has certificateKey, localAPIEndpoint`,
      ],
    ],
    [
      b4("ClusterConfiguration", "scheduler: {extraArgs: [{name: v, value: '2', mergeMethod: append}]}"),
      "v1.36.3",
      [
        `3:47 ${field} ${beta4} has no field scheduler.extraArgs[0].mergeMethod; remove it; it belongs to the coming v1`,
      ],
    ],
    [
      b3("InitConfiguration", "timeouts: {discovery: 5m}\nnodeRegistration: {imagePullSerial: true}"),
      "v1.30.4",
      [
        `3:1 ${field} ${beta3} has no field timeouts; remove it: ${beta4} has it, from Kubernetes 1.31 on`,
        `4:20 ${field} ${beta3} has no field nodeRegistration.imagePullSerial; remove it: ${beta4} has it, from Kubernetes 1.31 on`,
      ],
    ],
    [
      b3("ClusterConfiguration", "apiServer: {extraEnvs: []}"),
      "v1.30.4",
      [`3:13 ${field} ${beta3} has no field apiServer.extraEnvs; remove it: ${beta4} has it, from Kubernetes 1.31 on`],
    ],
    [
      b4("ClusterConfiguration", "constructor: {}"),
      "v1.36.3",
      [
        `3:1 ${field} ${beta4} has no field constructor; remove it; ClusterConfiguration has apiVersion, kind, kubernetesVersion, controlPlaneEndpoint, certificatesDir, imageRepository, clusterName, featureGates, encryptionAlgorithm, certificateValidityPeriod, caCertificateValidityPeriod, apiServer, controllerManager, scheduler, dns, proxy, networking, etcd`,
      ],
    ],
    [
      b4("InitConfiguration", "groups: [a]"),
      "v1.36.3",
      [`3:1 ${field} ${beta4} has no field groups; write it as bootstrapTokens[].groups of InitConfiguration`],
    ],
    [
      b4("JoinConfiguration", "patches: {JoinConfiguration: {}}"),
      "v1.36.3",
      [`3:11 ${field} ${beta4} has no field patches.JoinConfiguration; remove it; patches has directory`],
    ],
    // What may hold any key, and what is only for later releases.
    [b3("ClusterConfiguration", "apiServer: {extraArgs: {any: thing}, timeoutForControlPlane: 4m}"), "v1.30.4", []],
    [b4("ClusterConfiguration", "apiServer: {extraEnvs: [{name: A, valueFrom: {secretKeyRef: {}}}]}"), "v1.31.0", []],
    [
      b4("ClusterConfiguration", "apiServer: {extraEnvs: [{name: A, valueFrom: {any: thing}}]}"),
      "v1.31.0",
      [
        `3:47 ${field} ${beta4} has no field apiServer.extraEnvs[0].valueFrom.any; remove it; apiServer.extraEnvs[0].valueFrom has fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef`,
      ],
    ],
    [b4("ResetConfiguration", "forced: true"), "v1.31.0", [`3:1 ${field} ${beta4} has no field forced; write force`]],
    [
      b4("InitConfiguration", "kubernetesVersion: v1.31.0"),
      "v1.31.0",
      [`3:1 ${field} ${beta4} has no field kubernetesVersion; write it as kubernetesVersion of ClusterConfiguration`],
    ],
  ])("%j on %s", (documents, version, expected) => {
    expect(errors(documents, version)).toEqual(expected);
  });
});

describe("what a later release knows", () => {
  test.each([
    [
      b4("ClusterConfiguration", "encryptionAlgorithm: ECDSA-P384"),
      "v1.33.12",
      [
        `3:22 ${field} kubeadm v1.33.12 does not know ECDSA-P384 and refuses the document; choose one of RSA-2048, RSA-3072, RSA-4096, ECDSA-P256, or use Kubernetes 1.34 or newer`,
      ],
    ],
    [
      b4("ClusterConfiguration", "encryptionAlgorithm: DSA"),
      "v1.34.8",
      [
        `3:22 ${field} kubeadm v1.34.8 does not know DSA and refuses the document; choose one of RSA-2048, RSA-3072, RSA-4096, ECDSA-P256, ECDSA-P384`,
      ],
    ],
    [b4("ClusterConfiguration", "encryptionAlgorithm: ECDSA-P384"), "v1.34.8", []],
    [
      b4("ClusterConfiguration", "etcd: {external: {endpoints: [a], httpEndpoints: [b]}}"),
      "v1.34.8",
      [
        `3:50 ${field} kubeadm v1.34.8 does not know httpEndpoints and goes on without it; remove it: endpoints are used for everything; or use Kubernetes 1.35 or newer`,
      ],
    ],
    [b4("ClusterConfiguration", "etcd: {external: {endpoints: [a], httpEndpoints: [b]}}"), "v1.35.5", []],
  ])("%j on %s", (documents, version, expected) => {
    expect(errors(documents, version)).toEqual(expected);
  });

  test("the reason fits fields and values", () => {
    expect(kubeadmRules.find((rule) => rule.id === "kubeadm-unknown-field")?.reason).toBe(
      "kubeadm init and join only warn of an unknown field and go on without it: a mistyped certSANs makes a certificate without the virtual IP; an unknown value stops them (https://github.com/kubernetes/kubeadm/issues/1828)",
    );
  });
});

describe("apiVersions", () => {
  test.each([
    [
      "v1beta4",
      "v1.30.4",
      `kubeadm v1.30.4 does not accept ${beta4}; write it as ${beta3}, or use Kubernetes 1.31 or newer`,
    ],
    [
      "v1beta3",
      "v1.37.0",
      `kubeadm v1.37.0 does not accept ${beta3}; rewrite it as ${beta4}: kubeadm config migrate --old-config FILE --new-config FILE with a kubeadm of 1.31 to 1.36`,
    ],
    ["v1beta2", "v1.36.3", `kubeadm v1.36.3 does not accept kubeadm.k8s.io/v1beta2; write it as ${beta4}`],
    ["v1", "v1.37.0", `kubeadm v1.37.0 does not accept kubeadm.k8s.io/v1; write it as ${beta4}`],
  ])("%s on %s", (apiVersion, version, message) => {
    const documents = `apiVersion: kubeadm.k8s.io/${apiVersion}\nkind: ClusterConfiguration\nfuture: true\n`;
    expect(errors(documents, version).filter((line) => !line.includes(field))).toEqual([
      `1:13 [kubeadm-api-version] ${message}`,
    ]);
  });

  test("a deprecated one is migrated by the kubeadm at hand", () => {
    const spec = cluster({ documents: b3("ClusterConfiguration", ""), version: "v1.36.3" });
    expect(kubeadmRules.flatMap((rule) => rule.check(spec)).map(({ remedy }) => remedy)).toEqual([
      `rewrite it as ${beta4}: kubeadm config migrate --old-config FILE --new-config FILE`,
    ]);
  });
});
