import { describe, expect, test } from "vitest";

import type { ClusterSpec } from "../../src/config/spec.ts";
import { kubeadmContent } from "../../src/kubeadm/documents.ts";
import { addresses, cluster, node, nodeNamed } from "./spec.ts";

const text = (spec: ClusterSpec, name: string, role: "init" | "join"): string | undefined =>
  kubeadmContent(spec, nodeNamed(spec, name))[role]?.text;

describe("without documents of the user", () => {
  test("init, v1beta4", () => {
    expect(text(cluster(), "cp1", "init")).toMatchInlineSnapshot(`
      "# For \`kubeadm init --config\` on cp1.
      # Made by kubeadm-ha from ha.yaml: change it there and render again.
      apiVersion: kubeadm.k8s.io/v1beta4
      kind: InitConfiguration
      localAPIEndpoint:
        # kubeadm would take the address of the default route (https://github.com/kubernetes/kubeadm/issues/226).
        advertiseAddress: 192.168.10.11
        # Not stored in the cluster: every control-plane node says it again, or gets 6443.
        bindPort: 6443
      nodeRegistration:
        # The node's name in the HAConfiguration; kubeadm would take the host name.
        name: cp1
        # Without node-ip the kubelet takes the address of the default route, which may be another
        # network's, or the virtual IP (https://github.com/kubernetes/kubeadm/issues/1156).
        kubeletExtraArgs:
          - name: node-ip
            value: 192.168.10.11
      ---
      apiVersion: kubeadm.k8s.io/v1beta4
      kind: ClusterConfiguration
      # A fixed release: labels such as stable-1 are looked up on the network and change.
      kubernetesVersion: v1.36.3
      # Where every node and client reaches the API; it stands in all kubeconfigs and cannot be changed later.
      controlPlaneEndpoint: api.example.com:8443
      apiServer:
        # Names and addresses that clients use and that kubeadm does not put into the certificate by itself.
        certSANs:
          - 192.168.10.100
        # After SIGTERM /readyz fails at once while requests are served for this long: longer than it takes
        # to see that, shorter than the 30 s after which the kubelet kills the pod.
        extraArgs:
          - name: shutdown-delay-duration
            value: 10s
      "
    `);
  });

  test("init, v1beta3", () => {
    expect(text(cluster({ version: "v1.30.4" }), "cp1", "init")).toMatchInlineSnapshot(`
      "# For \`kubeadm init --config\` on cp1.
      # Made by kubeadm-ha from ha.yaml: change it there and render again.
      apiVersion: kubeadm.k8s.io/v1beta3
      kind: InitConfiguration
      localAPIEndpoint:
        # kubeadm would take the address of the default route (https://github.com/kubernetes/kubeadm/issues/226).
        advertiseAddress: 192.168.10.11
        # Not stored in the cluster: every control-plane node says it again, or gets 6443.
        bindPort: 6443
      nodeRegistration:
        # The node's name in the HAConfiguration; kubeadm would take the host name.
        name: cp1
        # Without node-ip the kubelet takes the address of the default route, which may be another
        # network's, or the virtual IP (https://github.com/kubernetes/kubeadm/issues/1156).
        kubeletExtraArgs:
          node-ip: 192.168.10.11
      ---
      apiVersion: kubeadm.k8s.io/v1beta3
      kind: ClusterConfiguration
      # A fixed release: labels such as stable-1 are looked up on the network and change.
      kubernetesVersion: v1.30.4
      # Where every node and client reaches the API; it stands in all kubeconfigs and cannot be changed later.
      controlPlaneEndpoint: api.example.com:8443
      apiServer:
        # Names and addresses that clients use and that kubeadm does not put into the certificate by itself.
        certSANs:
          - 192.168.10.100
        # After SIGTERM /readyz fails at once while requests are served for this long: longer than it takes
        # to see that, shorter than the 30 s after which the kubelet kills the pod.
        extraArgs:
          shutdown-delay-duration: 10s
      "
    `);
  });

  test("join of a control-plane node", () => {
    const spec = cluster();
    expect(kubeadmContent(spec, nodeNamed(spec, "cp2")).join).toMatchInlineSnapshot(`
      {
        "needs": [
          "joinToken",
          "caCertHashes",
          "certificateKey",
        ],
        "text": "# For \`kubeadm join --config\` on cp2.
      # Made by kubeadm-ha from ha.yaml: change it there and render again.
      apiVersion: kubeadm.k8s.io/v1beta4
      kind: JoinConfiguration
      # Filled in from the join file on the node; a token is never generated or kept by kubeadm-ha.
      discovery:
        bootstrapToken:
          token: "KUBEADM_HA_FACT_joinToken"
          apiServerEndpoint: api.example.com:8443
          caCertHashes: [KUBEADM_HA_FACT_caCertHashes]
      nodeRegistration:
        # The node's name in the HAConfiguration; kubeadm would take the host name.
        name: cp2
        # Without node-ip the kubelet takes the address of the default route, which may be another
        # network's, or the virtual IP (https://github.com/kubernetes/kubeadm/issues/1156).
        kubeletExtraArgs:
          - name: node-ip
            value: 192.168.10.12
      controlPlane:
        localAPIEndpoint:
          # kubeadm would take the address of the default route (https://github.com/kubernetes/kubeadm/issues/226).
          advertiseAddress: 192.168.10.12
          # Not stored in the cluster: every control-plane node says it again, or gets 6443.
          bindPort: 6443
        # Decrypts the certificates that \`kubeadm init --upload-certs\` left in the cluster for two hours.
        certificateKey: "KUBEADM_HA_FACT_certificateKey"
      ",
      }
    `);
  });

  test("join of a worker; a worker never inits", () => {
    const spec = cluster();
    const content = kubeadmContent(spec, nodeNamed(spec, "w1"));
    expect(content.init).toBeNull();
    expect(content.join).toMatchInlineSnapshot(`
      {
        "needs": [
          "joinToken",
          "caCertHashes",
        ],
        "text": "# For \`kubeadm join --config\` on w1.
      # Made by kubeadm-ha from ha.yaml: change it there and render again.
      apiVersion: kubeadm.k8s.io/v1beta4
      kind: JoinConfiguration
      # Filled in from the join file on the node; a token is never generated or kept by kubeadm-ha.
      discovery:
        bootstrapToken:
          token: "KUBEADM_HA_FACT_joinToken"
          apiServerEndpoint: api.example.com:8443
          caCertHashes: [KUBEADM_HA_FACT_caCertHashes]
      nodeRegistration:
        # The node's name in the HAConfiguration; kubeadm would take the host name.
        name: w1
        # Without node-ip the kubelet takes the address of the default route, which may be another
        # network's, or the virtual IP (https://github.com/kubernetes/kubeadm/issues/1156).
        kubeletExtraArgs:
          - name: node-ip
            value: 192.168.10.21
      ",
      }
    `);
  });

  test("dual stack: both addresses for kubelet, the first to advertise, the other VIP in the certificate", () => {
    const spec = cluster({
      endpoint: { host: "fd00::100", port: 6443 },
      virtualIP: { provider: "kube-vip", addresses: addresses("fd00::100", "10.0.0.100"), networks: [] },
      apiServerPort: 9443,
      nodes: [node("cp1", "10.0.0.11", "fd00::11")],
      certSANs: ["api.internal", "10.0.0.100", "fd00::100"],
    });
    const init = text(spec, "cp1", "init");
    expect(init).toContain("advertiseAddress: 10.0.0.11\n");
    expect(init).toContain("bindPort: 9443\n");
    expect(init).toContain("value: 10.0.0.11,fd00::11\n");
    expect(init).toContain('controlPlaneEndpoint: "[fd00::100]:6443"\n');
    expect(init).toContain("certSANs:\n    - 10.0.0.100\n    - api.internal\n    - fd00::100\n");
    expect(text(spec, "cp1", "join")).toContain("bindPort: 9443\n");
  });

  test.each([
    ["api.example.com", ["192.168.10.100"]],
    ["192.168.10.100", undefined],
  ])("the endpoint %s needs the SANs %j", (host, names) => {
    const spec = cluster({ endpoint: { host, port: 8443 } });
    const init = text(spec, "cp1", "init") ?? "";
    expect(init.includes("certSANs")).toBe(names !== undefined);
    for (const name of names ?? []) expect(init).toContain(`    - ${name}\n`);
  });

  test("nothing that no apiVersion has", () => {
    for (const version of ["v1.28.0", "v1.31.0-rc.1", "v1.37.0"]) {
      const spec = cluster({ version });
      const all = spec.nodes
        .flatMap((one) => Object.values(kubeadmContent(spec, one)).map((content) => content?.text ?? ""))
        .join("");
      expect(all).not.toMatch(/mergeMethod|uploadCerts|timeoutForControlPlane|timeout:|type:/);
    }
  });
});
