import { describe, expect, test } from "vitest";

import type { ClusterSpec } from "../../src/config/spec.ts";
import { kubeadmRules } from "../../src/kubeadm/rules.ts";
import { addresses, b3, b4, cases, cluster, findings, node } from "./spec.ts";

const key = "ab".repeat(32);

describe("subnets", () => {
  test.each<readonly [networking: string, messages: readonly string[]]>([
    ["serviceSubnet: 10.96.0.0/11", ["10.96.0.0/11 is larger than kubeadm allows"]],
    ["serviceSubnet: 10.96.0.0/12", []],
    ["serviceSubnet: 10.96.0.0/29", ["10.96.0.0/29 has fewer than 10 addresses"]],
    ["serviceSubnet: 10.96.0.0/28", []],
    [
      "serviceSubnet: 'fd00::/107'",
      [
        "fd00::/107 is larger than kubeadm allows",
        "begins with an IPv6 network, but the API servers advertise IPv4 addresses",
      ],
    ],
    ["serviceSubnet: 10.96.0.0/16,10.97.0.0/16", ["has more than one network of a family"]],
    ["serviceSubnet: '10.96.0.0/16,fd00::/112'", []],
    ["serviceSubnet: '10.96.0.0/16, fd00::/112'", ['"10.96.0.0/16, fd00::/112" is not a list of networks']],
    ["podSubnet: 10.244.0.0/25", ["10.244.0.0/25 is smaller than the /24 that each node gets"]],
    ["podSubnet: 10.0.0.0/7", ["10.0.0.0/7 holds more than 65536 networks of /24"]],
    ["podSubnet: '10.244.0.0/16,fd00::/47'", ["fd00::/47 holds more than 65536 networks of /64"]],
    ["podSubnet: 10.244.0.0/25}\ncontrollerManager: {extraArgs: [{name: node-cidr-mask-size-ipv4, value: '26'}]", []],
    [
      "podSubnet: 10.244.0.0/25}\ncontrollerManager: {extraArgs: [{name: node-cidr-mask-size, value: '26'}]",
      ["10.244.0.0/25 is smaller than the /24 that each node gets"],
    ],
    ["podSubnet: 10.244.0.0/25}\ncontrollerManager: {extraArgs: [{name: allocate-node-cidrs, value: 'false'}]", []],
    ["podSubnet: 192.168.0.0/16", ["192.168.10.100 lies in 192.168.0.0/16 (networking.podSubnet)"]],
  ])("%s", (networking, messages) => {
    const documents = b4(
      "ClusterConfiguration",
      networking.includes("}") ? `networking: {${networking}}` : `networking:\n  ${networking}`,
    );
    expect(findings(cluster({ documents })).map((line) => line.replace(/^.* \[[a-z-]+\] /, ""))).toEqual(messages);
  });

  test("the default service network counts", () => {
    const virtualIP: ClusterSpec["virtualIP"] = {
      provider: "keepalived",
      addresses: addresses("10.100.0.1"),
      networks: [],
    };
    expect(findings(cluster({ virtualIP }))).toEqual([
      "error virtualIP.addresses[0] [vip-in-cluster-network] 10.100.0.1 lies in 10.96.0.0/12 (kubeadm's default serviceSubnet)",
    ]);
  });
});

const serverArgument = (name: string, value: string): string =>
  b4(
    "ClusterConfiguration",
    `apiServer: {extraArgs: [{name: ${name}, value: ${/^\d+$/.test(value) ? `"${value}"` : value}}]}`,
  );

describe("conflicts name both places", () => {
  const one = [node("cp1", "192.168.10.11"), node("cp2", "192.168.10.12")];
  test.each(
    cases([
      [
        b4("ClusterConfiguration", "kubernetesVersion: v1.35.0"),
        [
          "error 3:20 ClusterConfiguration.kubernetesVersion [conflicting-values] is v1.35.0 here, and kubernetesVersion of the HAConfiguration is v1.36.3",
        ],
      ],
      [b4("ClusterConfiguration", "kubernetesVersion: 1.36.3"), []],
      [b4("ClusterConfiguration", "kubernetesVersion: v1.35.0"), [], { fromFlags: ["kubernetesVersion"] }],
      [
        b4("ClusterConfiguration", "controlPlaneEndpoint: other.example.com"),
        [
          "error 3:23 ClusterConfiguration.controlPlaneEndpoint [conflicting-values] is other.example.com here, and controlPlaneEndpoint of the HAConfiguration (its port: loadBalancer.port) comes to api.example.com:8443",
        ],
      ],
      [
        b4("ClusterConfiguration", "controlPlaneEndpoint: api.example.com:6443"),
        [
          "error 3:23 ClusterConfiguration.controlPlaneEndpoint [conflicting-values] is api.example.com:6443 here, and controlPlaneEndpoint of the HAConfiguration (its port: loadBalancer.port) comes to api.example.com:8443",
        ],
      ],
      [b4("ClusterConfiguration", "controlPlaneEndpoint: api.example.com"), []],
      // arguments of the API server
      [
        serverArgument("secure-port", "7443"),
        [
          "error 3:52 ClusterConfiguration.apiServer.extraArgs[0].value [conflicting-values] secure-port is 7443 here, and 6443 is kubeadm's default for localAPIEndpoint.bindPort",
        ],
      ],
      [
        `${serverArgument("secure-port", "7443")}---\n${b4("InitConfiguration", "localAPIEndpoint: {bindPort: 9443}")}`,
        [
          "error 3:52 ClusterConfiguration.apiServer.extraArgs[0].value [conflicting-values] secure-port is 7443 here, and 9443 is bindPort of InitConfiguration (kubeadm.yaml:7:30)",
        ],
        { apiServerPort: 9443 },
      ],
      [
        `${serverArgument("secure-port", "7443")}---\n${b4("JoinConfiguration", "controlPlane: {localAPIEndpoint: {bindPort: 9443}}")}`,
        [
          "error 3:52 ClusterConfiguration.apiServer.extraArgs[0].value [conflicting-values] secure-port is 7443 here, and 9443 is bindPort of JoinConfiguration (kubeadm.yaml:7:45)",
        ],
        { apiServerPort: 9443 },
      ],
      [
        serverArgument("secure-port", "7443"),
        [
          "error 3:52 ClusterConfiguration.apiServer.extraArgs[0].value [conflicting-values] secure-port is 7443 here, and 9443 is --apiserver-bind-port",
        ],
        { apiServerPort: 9443, fromFlags: ["apiServerPort"] },
      ],
      [serverArgument("secure-port", "6443"), []],
      [
        serverArgument("advertise-address", "192.168.10.100"),
        [
          "error 3:58 ClusterConfiguration.apiServer.extraArgs[0].value [conflicting-values] advertise-address is 192.168.10.100 here, which is a virtual IP in virtualIP.addresses of the HAConfiguration",
        ],
      ],
      [
        serverArgument("advertise-address", "192.168.10.11"),
        [
          "error 3:58 ClusterConfiguration.apiServer.extraArgs[0].value [conflicting-values] advertise-address is 192.168.10.11 here, and nodes of the HAConfiguration has 192.168.10.12 (cp2), 192.168.10.13 (cp3)",
        ],
      ],
      [serverArgument("advertise-address", "192.168.10.11"), [], { nodes: [node("cp1", "192.168.10.11")] }],
      [
        b3("ClusterConfiguration", "apiServer: {extraArgs: {bind-address: 127.0.0.1}}"),
        [
          "error 3:39 ClusterConfiguration.apiServer.extraArgs.bind-address [conflicting-values] bind-address is 127.0.0.1 here, and by the HAConfiguration API servers are reached at 192.168.10.11 (cp1), 192.168.10.12 (cp2), 192.168.10.13 (cp3)",
        ],
        { version: "v1.30.4" },
      ],
      [
        serverArgument("bind-address", "192.168.10.11"),
        [
          "error 3:53 ClusterConfiguration.apiServer.extraArgs[0].value [conflicting-values] bind-address is 192.168.10.11 here, and by the HAConfiguration API servers are reached at 192.168.10.100 (virtualIP.addresses)",
        ],
        { nodes: [node("cp1", "192.168.10.11")], loadBalancer: { provider: "none", port: 6443, healthPort: 8405 } },
      ],
      [serverArgument("bind-address", "192.168.10.11"), [], { nodes: [node("cp1", "192.168.10.11")] }],
      [
        serverArgument("bind-address", "192.168.10.11"),
        [
          "error 3:53 ClusterConfiguration.apiServer.extraArgs[0].value [conflicting-values] bind-address is 192.168.10.11 here, and by the HAConfiguration API servers are reached at 127.0.0.1 (kube-vip)",
        ],
        {
          nodes: [node("cp1", "192.168.10.11")],
          virtualIP: { provider: "kube-vip", addresses: addresses("192.168.10.100"), networks: [] },
        },
      ],
      [serverArgument("bind-address", "0.0.0.0"), []],
      [serverArgument("bind-address", "'0:0::0'"), []],
      [
        b4("ClusterConfiguration", "controlPlaneEndpoint: fd00::10:6443"),
        [
          'error 3:23 ClusterConfiguration.controlPlaneEndpoint [conflicting-values] "fd00::10:6443" would be read as the IPv6 address fd00::10:6443',
        ],
      ],
      [
        `${b4("InitConfiguration", "localAPIEndpoint: {bindPort: 9443}")}---\n${b4("JoinConfiguration", "controlPlane: {localAPIEndpoint: {bindPort: 6443}}")}`,
        [
          "error 7:45 JoinConfiguration.controlPlane.localAPIEndpoint.bindPort [conflicting-values] is 6443 here, and InitConfiguration (kubeadm.yaml:3:30) has 9443",
        ],
        { apiServerPort: 9443 },
      ],
      [
        b4("InitConfiguration", "nodeRegistration: {name: cp2, kubeletExtraArgs: [{name: node-ip, value: 10.0.0.1}]}"),
        [
          "error 3:26 InitConfiguration.nodeRegistration.name [conflicting-values] name is cp2 here, and cp1 for cp1 in nodes of the HAConfiguration",
          "error 3:73 InitConfiguration.nodeRegistration.kubeletExtraArgs[0].value [conflicting-values] node-ip is 10.0.0.1 here, and 192.168.10.11 for cp1 in nodes of the HAConfiguration",
        ],
      ],
      [
        b4("InitConfiguration", "nodeRegistration: {name: cp1}\nlocalAPIEndpoint: {advertiseAddress: 192.168.10.11}"),
        [],
      ],
      [
        b4("JoinConfiguration", "nodeRegistration: {name: cp2}\ncontrolPlane: {}"),
        [
          "error 3:26 JoinConfiguration.nodeRegistration.name [conflicting-values] name is cp2 here, but the document serves cp2, cp3",
        ],
      ],
      [b4("JoinConfiguration", "nodeRegistration: {name: cp2}\ncontrolPlane: {}"), [], { nodes: one }],
      [
        b4("JoinConfiguration", "nodeRegistration: {name: cp3}\ncontrolPlane: {}"),
        [
          "error 3:26 JoinConfiguration.nodeRegistration.name [conflicting-values] name is cp3 here, and cp2 for cp2 in nodes of the HAConfiguration",
        ],
        { nodes: one },
      ],
    ]),
  )("%j", (documents, expected, changes) => {
    expect(findings(cluster({ documents, ...changes }))).toEqual(expected);
  });
});

const fixedIn = "fixed in 1.34.8/1.35.5/1.36.1";
test.each([
  ["v1.34.5", "kube-vip", `VIP must answer right after the API server (kadm#3294); ${fixedIn}`],
  ["v1.35.2", "kube-vip", `VIP must answer right after the API server (kadm#3294); ${fixedIn}`],
  ["v1.36.0", "kube-vip", `VIP must answer right after the API server (kadm#3294); ${fixedIn}`],
  [
    "v1.36.0",
    "keepalived",
    `init does not wait for the VIP: it must answer right after the API server (kadm#3294); ${fixedIn}`,
  ],
  ["v1.33.12", "kube-vip", undefined],
  ["v1.33.12", "keepalived", undefined],
  ["v1.35.5", "kube-vip", undefined],
  ["v1.37.0", "kube-vip", undefined],
] as const)("%s with %s: %s", (version, provider, message) => {
  const spec = cluster({ version, virtualIP: { provider, addresses: addresses("192.168.10.100"), networks: [] } });
  expect(findings(spec)).toEqual(
    message === undefined ? [] : [`warning kubernetesVersion [vip-race] ${version}: ${message}`],
  );
});

test("no finding shows a secret", () => {
  const secrets = ["abcdef.0123456789abcdeX", `${key}zz`];
  const documents = `${b4("InitConfiguration", `bootstrapTokens: [{token: ${secrets[0]}}]\ncertificateKey: ${secrets[1]}`)}---\n${b4("JoinConfiguration", `discovery: {tlsBootstrapToken: ${secrets[0]}, bootstrapToken: {token: ${secrets[0]}}}\ncontrolPlane: {certificateKey: ${secrets[1]}}`)}`;
  const all = JSON.stringify(kubeadmRules.map((rule) => rule.check(cluster({ documents }))));
  expect(all).toContain("is not of the form");
  for (const secret of secrets) expect(all).not.toContain(secret);
});
