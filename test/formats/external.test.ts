import { describe, expect, test } from "vitest";

import { runOn } from "../support/io.ts";

const behind = `apiVersion: kubeadm-ha.io/v1alpha1
kind: HAConfiguration
kubernetesVersion: v1.36.3
controlPlaneEndpoint: api.example.com:6443
loadBalancer: {provider: external}
`;

describe("machines that nobody lists, behind an external load balancer", () => {
  test.each(["capi-v1beta1", "capi-v1beta2"])("%s brings kubeadm's settings and no file", async (format) => {
    const { code, out } = await runOn(behind, "render", "--format", format);
    expect(code).toBe(0);
    expect(out).toContain("shutdown-delay-duration");
    expect(out).not.toContain("path:");
    expect(out).not.toContain("kube-vip");
  });

  test.each(["init", "join"])(
    "cloud-init of the role %s brings kubeadm's documents and no static pod",
    async (role) => {
      const { code, out } = await runOn(behind, "render", "--format", "cloud-init", "--role", role);
      expect(code).toBe(0);
      expect(out).toContain("api.example.com:6443");
      expect(out).not.toContain("/etc/kubernetes/manifests/k");
    },
  );

  test("there is nothing to put into a template", async () => {
    const { code, out, err } = await runOn(behind, "render", "--format", "capi-v1beta1", "--into", "ha.yaml");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("needs nothing for an external load balancer");
  });

  test("a balancer of ours still needs the list", async () => {
    const ours = behind.replace("external", "haproxy");
    const { code, err } = await runOn(ours, "render", "--format", "capi-v1beta1");
    expect(code).toBe(2);
    expect(err).toContain("haproxy needs the address of every API server");
  });
});
