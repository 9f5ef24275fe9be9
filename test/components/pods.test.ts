import { describe, expect, it } from "vitest";

import { cluster, kubeVipCluster } from "./cluster.ts";
import { fileText, nodeFiles, podOf } from "./files.ts";

const kubeVip = kubeVipCluster({ kubeVip: { ...kubeVipCluster().kubeVip, hosts: "file" } });
const alone = cluster({ loadBalancer: { provider: "none", port: 6443, healthPort: 8405 } });
const pods = [
  { name: "kube-vip", spec: kubeVip },
  { name: "keepalived", spec: cluster() },
  { name: "keepalived", spec: alone },
  { name: "haproxy", spec: cluster() },
  { name: "nginx", spec: cluster({ loadBalancer: { provider: "nginx", port: 8443, healthPort: 8405 } }) },
];

describe.each(pods)("the static pod of $name", ({ name, spec }) => {
  it("has the shape of kubeadm's own", () => {
    const pod = podOf(spec, name);
    expect(pod).toMatchObject({
      apiVersion: "v1",
      kind: "Pod",
      metadata: {
        name,
        namespace: "kube-system",
        labels: { component: name, tier: "control-plane", "app.kubernetes.io/name": name },
      },
      spec: {
        hostNetwork: true,
        priorityClassName: "system-node-critical",
        priority: 2_000_001_000,
        securityContext: { seccompProfile: { type: "RuntimeDefault" } },
      },
    });
    expect(Object.keys(pod)).toEqual(["apiVersion", "kind", "metadata", "spec"]);
    expect(fileText(spec, `${name}.yaml`)).not.toMatch(/creationTimestamp|node-role\.kubernetes\.io\/master/);
  });

  it("refers to nothing in the API, which the kubelet would refuse", () => {
    expect(fileText(spec, `${name}.yaml`)).not.toMatch(
      /serviceAccount|secret|configMap|persistentVolumeClaim|envFrom|imagePullSecrets|resourceClaims|projected/i,
    );
  });

  it("gives every hostPath a type that makes no empty file", () => {
    for (const { hostPath } of podOf(spec, name).spec?.volumes ?? []) {
      if (hostPath !== undefined) expect(["File", "Directory", "DirectoryOrCreate"]).toContain(hostPath.type);
    }
  });

  it("mounts every path of the node read-only", () => {
    const pod = podOf(spec, name).spec;
    const fromHost = new Set(
      pod?.volumes?.filter(({ hostPath }) => hostPath !== undefined).map((volume) => volume.name),
    );
    for (const mount of pod?.containers[0]?.volumeMounts ?? [])
      expect(mount.readOnly === true).toBe(fromHost.has(mount.name));
  });

  it("asks for resources and sets no limit", () => {
    const [container] = podOf(spec, name).spec?.containers ?? [];
    expect(container?.resources?.requests).toBeDefined();
    expect(container?.resources?.limits).toBeUndefined();
    expect(container?.imagePullPolicy).toBe("IfNotPresent");
  });
});

describe("the files", () => {
  const everyFile = pods.flatMap(({ spec }) => spec.nodes.flatMap((node) => nodeFiles(spec, node)));

  it("keep out of kubeadm's way and have kubeadm's modes", () => {
    for (const { path, mode } of everyFile) {
      expect(path).not.toMatch(/\/(etcd|kube-apiserver|kube-controller-manager|kube-scheduler)\.yaml$/);
      if (path.startsWith("/etc/kubernetes/")) expect(mode).toBe(0o600);
      else expect(mode).toBe(path.endsWith(".sh") ? 0o755 : 0o644);
    }
  });

  it("come with the manifest last in each phase, so a pod never starts on half of its files", () => {
    for (const { spec } of pods) {
      const files = nodeFiles(spec);
      for (const phase of ["load-balancer", "virtual-ip"] as const) {
        const paths = files.filter((file) => file.phase === phase).map(({ path }) => path);
        if (paths.length > 0) expect(paths.at(-1)).toMatch(/^\/etc\/kubernetes\/manifests\//);
      }
    }
  });

  it("are the same bytes every time", () => {
    expect(nodeFiles(cluster())).toEqual(nodeFiles(cluster()));
  });
});
