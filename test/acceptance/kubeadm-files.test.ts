import { describe, expect, it } from "vitest";

import { lint } from "../rules/lint.ts";
import { fileOf } from "./cluster.ts";

// The numbers are those of the list of thirty facts about kubeadm; these are about files that anybody wrote.
describe("kubeadm, judged from files", () => {
  it("fact 7: a SAN that kubeadm adds itself is noted, not refused", () => {
    const found = findings("etc/kubernetes/kubeadm.yaml", [
      "apiVersion: kubeadm.k8s.io/v1beta4",
      "kind: InitConfiguration",
      "nodeRegistration:",
      "  name: cp1",
      "---",
      "apiVersion: kubeadm.k8s.io/v1beta4",
      "kind: ClusterConfiguration",
      "kubernetesVersion: v1.36.3",
      "controlPlaneEndpoint: api.example.com:6443",
      "apiServer:",
      "  certSANs:",
      "  - kubernetes.default.svc",
      "  - cp1",
      "  - other.example.com",
    ]);
    expect(found).toEqual([
      expect.stringMatching(/^12:5 KD10 info .*kubernetes\.default\.svc/),
      expect.stringMatching(/^13:5 KD10 info .*cp1/),
    ]);
  });

  it.each([
    ["serviceaccounts", "  serviceAccountName: kube-vip"],
    ["secrets", "  imagePullSecrets: [{name: registry}]"],
    ["resourceclaims", "  resourceClaims: [{name: gpu}]"],
    ["configmaps", "  volumes: [{name: config, configMap: {name: haproxy}}]"],
    ["secrets", "  volumes: [{name: config, secret: {secretName: password}}]"],
    ["persistentvolumeclaims", "  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]"],
    ["csidrivers", "  volumes: [{name: data, csi: {driver: secrets-store.csi.k8s.io}}]"],
    ["serviceaccounts", "  volumes: [{name: token, projected: {sources: [{serviceAccountToken: {path: token}}]}}]"],
    ["secrets", "    env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: secret, key: password}}}]"],
    ["configmaps", "    env: [{name: ADDRESS, valueFrom: {configMapKeyRef: {name: config, key: address}}}]"],
    ["secrets", "    envFrom: [{secretRef: {name: secret}}]"],
    ["configmaps", "    envFrom: [{configMapRef: {name: config}}]"],
  ])("fact 20: names %s in %s", (resource, line) => {
    expect(findings("etc/kubernetes/manifests/pod.yaml", [...pod, line])).toContainEqual(
      expect.stringContaining(`PD05 error static pods may not reference ${resource}`),
    );
  });

  it("fact 20: a static pod that refers to the API is refused, one that does not is not", () => {
    expect(findings("etc/kubernetes/manifests/pod.yaml", [...pod, "  serviceAccountName: kube-vip"])).toEqual([
      "10:3 PD05 error static pods may not reference serviceaccounts",
    ]);
    expect(findings("etc/kubernetes/manifests/pod.yaml", [...pod, "  volumes: [{name: data, emptyDir: {}}]"])).toEqual(
      [],
    );
  });

  it("fact 24: a backup copy beside a manifest is found, and so are two files of one pod", () => {
    const manifest = fileOf({}, "/etc/kubernetes/manifests/kube-vip.yaml");
    const directory = "cp1/etc/kubernetes/manifests";
    const found = lint([
      { path: `${directory}/kube-vip.yaml`, text: manifest },
      { path: `${directory}/kube-vip.yaml.bak`, text: manifest },
    ]).filter(({ severity }) => severity === "error");
    expect(found.map(({ rule, position, message }) => `${position.file} ${rule} ${message}`)).toEqual([
      `${directory}/kube-vip.yaml.bak PD06 the kubelet runs kube-vip.yaml.bak too`,
      `${directory}/kube-vip.yaml.bak PD07 kube-vip.yaml defines the pod kube-system/kube-vip too`,
    ]);
  });

  it("fact 27: an unknown field and a kind that comes twice are errors; the documents of others are left as they are", () => {
    const document = ["apiVersion: kubeadm.k8s.io/v1beta4", "kind: ClusterConfiguration"];
    const unknown = [...document, "kubernetesVersion: v1.36.3", "controlPlaneEndpont: api.example.com"];
    expect(findings("kubeadm.yaml", unknown)).toContainEqual(expect.stringMatching(/^4:1 KD04 error /));
    expect(findings("kubeadm.yaml", [...document, "---", ...document])).toContainEqual(
      expect.stringMatching(/^5:7 KD06 error /),
    );
    const kubelet = "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nmaxPods: 200 # enough\n";
    expect(fileOf({ kubeadm: kubelet }, "/etc/kubeadm-ha/kubeadm.yaml")).toContain(kubelet);
    expect(findings("kubeadm.yaml", [kubelet])).toEqual([]);
  });
});

const pod = [
  "apiVersion: v1",
  "kind: Pod",
  "metadata:",
  "  name: pod",
  "  namespace: kube-system",
  "spec:",
  "  containers:",
  "  - name: main",
  "    image: example.com/main:1.0",
];

/** What the rules find in one file: place, rule, severity, message. */
function findings(path: string, lines: readonly string[]): readonly string[] {
  return lint([{ path, text: `${lines.join("\n")}\n` }], "v1.36.3").map(
    ({ position, rule, severity, message }) => `${position.line}:${position.column} ${rule} ${severity} ${message}`,
  );
}
