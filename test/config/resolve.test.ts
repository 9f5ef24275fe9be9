import { describe, expect, it } from "vitest";

import { resolveConfiguration } from "../../src/config/resolve.ts";
import type { ClusterSpec } from "../../src/config/spec.ts";
import type { FlagValues } from "../../src/config/flags.ts";
import { formatFindings } from "../../src/findings/text.ts";

const head = "apiVersion: kubeadm-ha.io/v1alpha1\nkind: HAConfiguration\n";
const minimal = `${head}kubernetesVersion: v1.36.3
virtualIP:
  provider: keepalived
  addresses: [192.168.10.100]
  interface: eth0
loadBalancer:
  provider: haproxy
nodes:
- {name: cp1, addresses: [192.168.10.11]}
- {name: cp2, addresses: [192.168.10.12]}
- {name: cp3, addresses: [192.168.10.13]}
`;

function spec(text: string, flags: FlagValues = {}): ClusterSpec {
  const resolution = resolveConfiguration({ file: { name: "ha.yaml", text }, flags });
  if (resolution.spec === undefined) throw new Error(formatFindings(resolution.findings));
  return resolution.spec;
}

function problems(text: string, flags: FlagValues = {}): readonly string[] {
  return formatFindings(resolveConfiguration({ file: { name: "ha.yaml", text }, flags }).findings)
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith(" "));
}

describe("a minimal file", () => {
  it("resolves to a cluster with every default", () => {
    const { kubeadmDocuments, nodes, ...rest } = spec(minimal);
    expect(kubeadmDocuments).toEqual([]);
    expect(nodes.map(({ name, rank, interface: device }) => [name, rank, device])).toEqual([
      ["cp1", 0, "eth0"],
      ["cp2", 1, "eth0"],
      ["cp3", 2, "eth0"],
    ]);
    expect(rest).toMatchSnapshot();
  });

  it("resolves without a file at all when flags say everything", () => {
    const flags = {
      stack: "keepalived-haproxy",
      vip: "192.168.10.100",
      interface: "eth0",
      kubernetesVersion: "v1.36.3",
      node: ["cp1=192.168.10.11", "cp2=192.168.10.12", "cp3=192.168.10.13"],
    };
    expect(resolveConfiguration({ flags }).spec).toEqual({ ...spec(minimal), fromFlags: ["kubernetesVersion"] });
  });
});

describe("the endpoint", () => {
  it.each([
    ["is the virtual IP and the load balancer's port by default", "", "192.168.10.100", 8443, 8443],
    [
      "gets the load balancer's port when it has none",
      "controlPlaneEndpoint: api.example.com\n",
      "api.example.com",
      8443,
      8443,
    ],
    [
      "gives the load balancer its port",
      "controlPlaneEndpoint: api.example.com:16443\n",
      "api.example.com",
      16443,
      16443,
    ],
  ])("%s", (_, line, host, port, loadBalancerPort) => {
    const resolved = spec(minimal.replace("virtualIP:", `${line}virtualIP:`));
    expect(resolved.endpoint).toEqual({ host, port });
    expect(resolved.loadBalancer.port).toBe(loadBalancerPort);
  });

  it("has the API server's port without a load balancer", () => {
    expect(
      spec(minimal.replace("loadBalancer:\n  provider: haproxy\n", ""), { apiserverBindPort: "9443" }).endpoint,
    ).toEqual({ host: "192.168.10.100", port: 9443 });
  });

  it("may have the usual port when the API servers leave it: bindPort 9443 and load balancer 6443", () => {
    const resolved = spec(minimal.replace("  provider: haproxy", "  provider: haproxy\n  port: 6443"), {
      apiserverBindPort: "9443",
    });
    expect([resolved.endpoint.port, resolved.apiServerPort]).toEqual([6443, 9443]);
  });
});

describe("the virtual router id", () => {
  it("is 1 + FNV-1a of the first address mod 254, never 51, in 1 to 255", () => {
    const id = (address: string) =>
      spec(minimal.replaceAll("192.168.10.1", "10.1.1.1").replace("10.1.1.100", address)).keepalived.virtualRouterID;
    // FNV-1a of the text is 0x56b30c22; 1 + 1454574626 mod 254 = 193, and one more since that is 51 or above.
    expect(spec(minimal).keepalived.virtualRouterID).toBe(194);
    const ids = Array.from({ length: 200 }, (_, index) =>
      id(`10.1.1.${index + 20}`.replace(/10\.1\.1\.1(11|12|13)$/, "10.1.2.1$1")),
    );
    expect(ids).not.toContain(51);
    expect(Math.min(...ids)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...ids)).toBeLessThanOrEqual(255);
    expect(new Set(ids).size).toBeGreaterThan(100);
  });

  it("does not depend on how the address is written", () => {
    const dual = (address: string) =>
      minimal.replaceAll("192.168.10.1", "fd00::1").replace("[fd00::100]", `["${address}"]`);
    expect(spec(dual("FD00:0::100")).keepalived.virtualRouterID).toBe(
      spec(dual("fd00::100")).keepalived.virtualRouterID,
    );
  });
});

describe("presets", () => {
  it.each([
    ["conservative", 1000, [2000, 500, 3, 2000, 500], [15, 10, 1]],
    ["balanced", 300, [1000, 250, 2, 1000, 500], [10, 7, 1]],
    ["fast", 100, [500, 100, 2, 500, 100], [5, 3, 1]],
  ])("%s", (name, interval, haproxy, lease) => {
    const resolved = spec(minimal, { failover: name });
    expect(resolved.keepalived.advertisementInterval).toBe(interval);
    const { checkInterval, fastInterval, fall, checkTimeout, connectTimeout } = resolved.haproxy;
    expect([checkInterval, fastInterval, fall, checkTimeout, connectTimeout]).toEqual(haproxy);
    const { leaseDurationSeconds, renewDeadlineSeconds, retryPeriodSeconds } = resolved.kubeVip;
    expect([leaseDurationSeconds, renewDeadlineSeconds, retryPeriodSeconds]).toEqual(lease);
  });
});

describe("kube-vip's credential and hosts follow the Kubernetes release", () => {
  it.each([
    ["v1.28.15", "admin", "file"],
    ["v1.29.0", "super-admin", "file"],
    ["v1.31.9", "super-admin", "file"],
    ["v1.32.0", "super-admin", "alias"],
    ["v1.37.0", "super-admin", "alias"],
  ])("%s: %s, %s", (version, credential, hosts) => {
    const { bootstrapCredential, hosts: way } = spec(minimal, { kubernetesVersion: version }).kubeVip;
    expect([bootstrapCredential, way]).toEqual([credential, hosts]);
  });
});

describe("images.repository", () => {
  it("replaces the registry host and keeps path, tag and digest", () => {
    const digest = `sha256:${"a".repeat(64)}`;
    const images = spec(
      `${minimal}images:\n  repository: registry.example.com:5000/mirror\n  haproxy: haproxy@${digest}\n`,
    ).images;
    const { originals, ...names } = images;
    expect(originals?.[names.haproxy]).toBe(`haproxy@${digest}`);
    expect(names).toEqual({
      kubeVipCloudProvider: "registry.example.com:5000/mirror/kube-vip/kube-vip-cloud-provider:v0.0.12",
      kubeVip: "registry.example.com:5000/mirror/kube-vip/kube-vip:v1.2.1",
      keepalived: "registry.example.com:5000/mirror/cplieger/docker-keepalived:2.4.3",
      haproxy: `registry.example.com:5000/mirror/haproxy@${digest}`,
      nginx: "registry.example.com:5000/mirror/library/nginx:1.28",
    });
  });
});

describe("flags", () => {
  it("win over the file, and what they replace is told", () => {
    const resolution = resolveConfiguration({
      file: { name: "ha.yaml", text: minimal },
      flags: { kubernetesVersion: "v1.37.0", vip: "192.168.10.200", failover: "fast" },
    });
    expect(resolution.spec?.kubernetesVersion.text).toBe("v1.37.0");
    expect(resolution.spec?.virtualIP.addresses).toEqual([{ text: "192.168.10.200", family: 4 }]);
    expect(resolution.overridden).toEqual([
      { flag: "--kubernetes-version", key: "kubernetesVersion" },
      { flag: "--vip", key: "virtualIP.addresses" },
    ]);
  });

  it("are named as the place of a problem", () => {
    expect(problems(minimal, { vip: "192.168.10.11", failover: "faster" })).toEqual([
      '--failover failover: error: "faster" is not one of conservative, balanced, fast [value-type]',
      "--vip virtualIP.addresses[0]: error: 192.168.10.11 is also the address of node cp1 [vip-is-node-address]",
    ]);
  });

  it("list nodes with role and interface", () => {
    const nodes = spec(minimal, { node: ["a=10.0.0.1,fd00::1,interface=eth1", "b=10.0.0.2,role=worker"] }).nodes;
    expect(
      nodes.map(({ name, role, interface: device, addresses }) => [
        name,
        role,
        device,
        addresses.map(({ text }) => text),
      ]),
    ).toEqual([
      ["a", "control-plane", "eth1", ["10.0.0.1", "fd00::1"]],
      ["b", "worker", "eth0", ["10.0.0.2"]],
    ]);
  });
});

describe("the release of Kubernetes", () => {
  const cluster = "---\napiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nkubernetesVersion: v1.35.5\n";

  it("may stand in ClusterConfiguration", () => {
    expect(spec(minimal.replace("kubernetesVersion: v1.36.3\n", "") + cluster).kubernetesVersion.text).toBe("v1.35.5");
  });

  it("must stand somewhere", () => {
    expect(problems(minimal.replace("kubernetesVersion: v1.36.3\n", ""))).toEqual([
      "ha.yaml:1:1 kubernetesVersion: error: is missing here and in ClusterConfiguration [missing-key]",
    ]);
  });

  it("is refused as a number, since 1.30 is 1.3 then", () => {
    expect(problems(minimal.replace("v1.36.3", "1.30"))).toEqual([
      "ha.yaml:3:20 kubernetesVersion: error: 1.3 is a number, not a text [value-type]",
    ]);
  });
});

describe("unknown keys", () => {
  it("are all reported, at the key, with what was meant", () => {
    const text = minimal.replace("  interface: eth0", "  intrface: eth0").replace("loadBalancer:", "loadBalancr:");
    const lines = formatFindings(resolveConfiguration({ file: { name: "ha.yaml", text } }).findings);
    expect(lines).toContain(
      'ha.yaml:7:3 virtualIP.intrface: error: "intrface" is no key of virtualIP [unknown-key]\n    fix: did you mean interface?',
    );
    expect(lines).toContain(
      'ha.yaml:8:1 loadBalancr: error: "loadBalancr" is no key of HAConfiguration [unknown-key]\n    fix: did you mean loadBalancer?',
    );
  });

  it("such as __proto__ and constructor are only keys", () => {
    expect(problems(`${minimal}__proto__: {a: 1}\nconstructor: 1\n`).length).toBe(2);
  });
});
