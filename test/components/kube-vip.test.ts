import { describe, expect, it } from "vitest";

import { kubeVip } from "../../src/components/kube-vip/component.ts";
import type { ClusterSpec } from "../../src/config/spec.ts";
import { address, controlPlane, kubeVipCluster } from "./cluster.ts";
import { fileText, nodeFiles, podOf } from "./files.ts";

const base = kubeVipCluster();
const env = (spec: ClusterSpec) => podOf(spec, "kube-vip").spec?.containers[0]?.env ?? [];
const value = (spec: ClusterSpec, name: string) => env(spec).find((variable) => variable.name === name)?.value;
const kubeconfig = (spec: ClusterSpec, role: "init" | "join") =>
  podOf(spec, "kube-vip", role).spec?.volumes?.find(({ name }) => name === "kubeconfig")?.hostPath;

describe("the kubeconfig of kube-vip", () => {
  it("is super-admin.conf on the node that founds the cluster and admin.conf on one that joins", () => {
    expect(kubeconfig(base, "init")).toEqual({ path: "/etc/kubernetes/super-admin.conf", type: "File" });
    expect(kubeconfig(base, "join")).toEqual({ path: "/etc/kubernetes/admin.conf", type: "File" });
  });

  it("is admin.conf everywhere where super-admin.conf does not exist", () => {
    const spec = kubeVipCluster({ kubeVip: { ...base.kubeVip, bootstrapCredential: "admin" } });
    expect(kubeconfig(spec, "init")?.path).toBe("/etc/kubernetes/admin.conf");
  });

  it("is always seen as admin.conf, the only name for which kube-vip uses the local API server", () => {
    for (const role of ["init", "join"] as const) {
      expect(podOf(base, "kube-vip", role).spec?.containers[0]?.volumeMounts).toContainEqual({
        name: "kubeconfig",
        mountPath: "/etc/kubernetes/admin.conf",
        readOnly: true,
      });
    }
  });

  it("is all that differs between the roles, so finalize changes one line", () => {
    const [init, join] = [fileText(base, "kube-vip.yaml", "init"), fileText(base, "kube-vip.yaml", "join")];
    expect(init.replace("path: /etc/kubernetes/super-admin.conf", "path: /etc/kubernetes/admin.conf")).toBe(join);
  });
});

describe("the name kubernetes", () => {
  it("is a host alias", () => {
    expect(podOf(base, "kube-vip").spec?.hostAliases).toEqual([{ hostnames: ["kubernetes"], ip: "127.0.0.1" }]);
  });

  it("is in a mounted hosts file where kubelets forget aliases, and then there is no alias", () => {
    const spec = kubeVipCluster({ kubeVip: { ...base.kubeVip, hosts: "file" } });
    const pod = podOf(spec, "kube-vip").spec;
    expect(pod?.hostAliases).toBeUndefined();
    expect(pod?.volumes).toContainEqual({ name: "hosts", hostPath: { path: "/etc/kubeadm-ha/hosts", type: "File" } });
    expect(pod?.containers[0]?.volumeMounts).toContainEqual({ name: "hosts", mountPath: "/etc/hosts", readOnly: true });
    expect(fileText(spec, "/etc/kubeadm-ha/hosts")).toMatch(/^127\.0\.0\.1 localhost kubernetes\n::1 localhost$/m);
  });
});

describe("kube-vip's environment", () => {
  it("has string values, each name once", () => {
    const names = env(base).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const variable of env(base))
      expect(typeof (variable.value ?? variable.valueFrom?.fieldRef?.fieldPath)).toBe("string");
  });

  it("uses the API server's own port", () => {
    expect(value(kubeVipCluster({ apiServerPort: 9443 }), "port")).toBe("9443");
  });

  it("has address and never the deprecated vip_address, nor a health check port", () => {
    expect(value(base, "address")).toBe("192.168.10.100");
    expect(env(base).map(({ name }) => name)).not.toEqual(expect.arrayContaining(["vip_address"]));
    expect(env(base).map(({ name }) => name)).not.toEqual(expect.arrayContaining(["health_check_port"]));
  });

  it("takes the node's name from the pod", () => {
    expect(env(base)).toContainEqual({ name: "vip_nodename", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } });
  });

  it.each([
    [["192.168.10.100"], "32", "192.168.10.100"],
    [["fd00::10"], "128", "fd00::10"],
    [["192.168.10.100", "fd00::10"], "32,128", "192.168.10.100,fd00::10"],
    [["fd00::10", "192.168.10.100"], "32,128", "192.168.10.100,fd00::10"],
  ])("gives %j the masks %s", (addresses, masks, text) => {
    const spec = kubeVipCluster({
      virtualIP: { provider: "kube-vip", addresses: addresses.map(address), networks: [] },
    });
    expect([value(spec, "vip_subnet"), value(spec, "address")]).toEqual([masks, text]);
  });

  it.each([
    ["ghcr.io/kube-vip/kube-vip:v0.8.10", "vip_cidr"],
    ["registry:5000/kube-vip:v0.9.0", "vip_subnet"],
    ["ghcr.io/kube-vip/kube-vip:v1.2.1", "vip_subnet"],
    [`registry:5000/kube-vip@sha256:${"0".repeat(64)}`, "vip_subnet"],
  ])("calls the masks of %s %s", (kubeVipImage, name) => {
    const spec = kubeVipCluster({ images: { ...base.images, kubeVip: kubeVipImage } });
    expect(env(spec).filter((variable) => ["vip_cidr", "vip_subnet"].includes(variable.name))).toEqual([
      { name, value: "32" },
    ]);
  });

  it("passes the lease times through", () => {
    const spec = kubeVipCluster({
      kubeVip: { ...base.kubeVip, leaseDurationSeconds: 5, renewDeadlineSeconds: 3, retryPeriodSeconds: 1 },
    });
    expect(["vip_leaseduration", "vip_renewdeadline", "vip_retryperiod"].map((name) => value(spec, name))).toEqual([
      "5",
      "3",
      "1",
    ]);
  });

  it("leaves the interface to kube-vip where none is known", () => {
    const spec = kubeVipCluster({ nodes: [{ ...controlPlane("cp1", 0, ["192.168.10.11"]), interface: undefined }] });
    expect(value(spec, "vip_interface")).toBeUndefined();
  });

  it("ends with what the user adds, which replaces ours", () => {
    const spec = kubeVipCluster({
      kubeVip: { ...base.kubeVip, extraEnv: { vip_loglevel: "-4", vip_arpRate: "1000", cp_namespace: "vip" } },
    });
    expect(
      env(spec)
        .slice(-3)
        .map(({ name }) => name),
    ).toEqual(["cp_namespace", "vip_arpRate", "vip_loglevel"]);
    expect(value(spec, "cp_namespace")).toBe("vip");
  });
});

describe("kube-vip's pod", () => {
  it("switches metrics off by an argument, because an empty variable is ignored", () => {
    const spec = kubeVipCluster({ kubeVip: { ...base.kubeVip, metricsAddress: "" } });
    expect(podOf(spec, "kube-vip").spec?.containers[0]?.args).toEqual(["manager", "--prometheusHTTPServer", ""]);
    expect(value(spec, "prometheus_server")).toBeUndefined();
    expect(kubeVip.ports(spec).map(({ port }) => port)).toEqual([6443]);
  });

  it("has two capabilities and no others", () => {
    expect(podOf(base, "kube-vip").spec?.containers[0]?.securityContext).toEqual({
      capabilities: { add: ["NET_ADMIN", "NET_RAW"], drop: ["ALL"] },
    });
  });

  it("is not on workers", () => {
    expect(nodeFiles(base, { ...controlPlane("w1", 0, ["192.168.10.21"]), role: "worker", rank: undefined })).toEqual(
      [],
    );
  });
});
