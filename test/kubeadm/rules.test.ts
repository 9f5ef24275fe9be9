import { describe, expect, test } from "vitest";

import { kubeadmRules } from "../../src/kubeadm/rules.ts";
import { b3, b4, cases, cluster, findings } from "./spec.ts";

const key = "ab".repeat(32);
const hash = `sha256:${key}`;

test("ids are unique, and every rule says why with words of its own", () => {
  expect(new Set(kubeadmRules.map((rule) => rule.id)).size).toBe(kubeadmRules.length);
  for (const rule of kubeadmRules)
    expect(`${rule.id} ${rule.summary.length > 20} ${rule.reason.length > 20}`).toMatch(/^[a-z0-9-]+ true true$/);
});

test.each(["v1.28.0", "v1.31.0", "v1.34.10", "v1.37.0"])(
  "a cluster without documents has no findings on %s",
  (version) => {
    expect(findings(cluster({ version }))).toEqual([]);
  },
);

describe("findings", () => {
  test.each(
    cases([
      // apiVersion
      [
        b3("ClusterConfiguration", ""),
        [
          "error 1:13 ClusterConfiguration.apiVersion [kubeadm-api-version] kubeadm v1.37.0 does not accept kubeadm.k8s.io/v1beta3",
        ],
        { version: "v1.37.0" },
      ],
      [
        b4("ClusterConfiguration", ""),
        [
          "error 1:13 ClusterConfiguration.apiVersion [kubeadm-api-version] kubeadm v1.30.4 does not accept kubeadm.k8s.io/v1beta4",
        ],
        { version: "v1.30.4" },
      ],
      [
        b3("ClusterConfiguration", ""),
        [
          "warning 1:13 ClusterConfiguration.apiVersion [kubeadm-api-version] kubeadm v1.36.3 warns of kubeadm.k8s.io/v1beta3, and 1.37 refuses it",
        ],
      ],
      [
        `${b4("ClusterConfiguration", "")}---\n${b4("ClusterConfiguration", "")}`,
        [
          "error 5:1 ClusterConfiguration [kubeadm-duplicate-kind] a second ClusterConfiguration; the first is at kubeadm.yaml:1",
        ],
      ],
      ["apiVersion: v1\nkind: Unknown\n---\napiVersion: v1\nkind: Unknown\n", []],
      // shapes
      [
        b4("ClusterConfiguration", "apiServer: {extraArgs: {v: '2'}}"),
        [
          "error 3:24 ClusterConfiguration.apiServer.extraArgs [kubeadm-document-shape] is a map; kubeadm.k8s.io/v1beta4 wants a list",
        ],
      ],
      [
        b3("ClusterConfiguration", "apiServer: {extraArgs: [{name: v, value: '2'}]}"),
        [
          "error 3:24 ClusterConfiguration.apiServer.extraArgs [kubeadm-document-shape] is a list; kubeadm.k8s.io/v1beta3 wants a map",
        ],
        { version: "v1.30.4" },
      ],
      [
        b4("InitConfiguration", "localAPIEndpoint: {bindPort: '6443'}"),
        [
          "error 3:30 InitConfiguration.localAPIEndpoint.bindPort [kubeadm-document-shape] is a text; kubeadm.k8s.io/v1beta4 wants a number",
        ],
      ],
      [
        b4("InitConfiguration", "nodeRegistration:\n  <<: {taints: []}"),
        ["error 4:7 InitConfiguration.nodeRegistration.<< [kubeadm-merge-key] has a merge key (<<)"],
      ],
      [
        b4("InitConfiguration", "nodeRegistration: # KUBEADM_HA_FACT_joinToken"),
        ["error 1:1 InitConfiguration [kubeadm-reserved-text] contains KUBEADM_HA_FACT_"],
      ],
      // fields
      [
        b4("InitConfiguration", "uploadCerts: true"),
        [
          "error 3:1 InitConfiguration.uploadCerts [kubeadm-unknown-field] kubeadm.k8s.io/v1beta4 has no field uploadCerts",
        ],
      ],
      [
        b4("ClusterConfiguration", "dns: {type: CoreDNS}\napiServer: {timeoutForControlPlane: 4m}"),
        [
          "error 3:7 ClusterConfiguration.dns.type [kubeadm-unknown-field] kubeadm.k8s.io/v1beta4 has no field dns.type",
          "error 4:13 ClusterConfiguration.apiServer.timeoutForControlPlane [kubeadm-unknown-field] kubeadm.k8s.io/v1beta4 has no field apiServer.timeoutForControlPlane",
        ],
      ],
      [b3("ClusterConfiguration", "apiServer: {timeoutForControlPlane: 4m}"), [], { version: "v1.30.4" }],
      // feature gates
      [
        b4("ClusterConfiguration", "featureGates: {NodeLocalCRISocket: true, Typo: true}"),
        [
          "error 3:16 ClusterConfiguration.featureGates.NodeLocalCRISocket [kubeadm-feature-gates] kubeadm v1.37.0 does not know the gate NodeLocalCRISocket; 1.32 to 1.36 know it",
          "error 3:42 ClusterConfiguration.featureGates.Typo [kubeadm-feature-gates] kubeadm v1.37.0 does not know the gate Typo",
        ],
        { version: "v1.37.0" },
      ],
      // shutdown delay
      ...(["29s", "500ms", "0", "0.4m"] as const).map(
        (value) =>
          [
            b4("ClusterConfiguration", `apiServer: {extraArgs: [{name: shutdown-delay-duration, value: "${value}"}]}`),
            [],
          ] as const,
      ),
      ...(["30s", "1m", ".5m", "1h", "30000ms"] as const).map(
        (value) =>
          [
            b4("ClusterConfiguration", `apiServer: {extraArgs: [{name: shutdown-delay-duration, value: "${value}"}]}`),
            [
              `error 3:64 ClusterConfiguration.apiServer.extraArgs[0].value [kubeadm-shutdown-delay] ${value} is not below the 30 s after which the kubelet kills the pod`,
            ],
          ] as const,
      ),
      [
        b4("ClusterConfiguration", "apiServer: {extraArgs: [{name: shutdown-delay-duration, value: 10}]}"),
        [
          "error 3:64 ClusterConfiguration.apiServer.extraArgs[0].value [kubeadm-document-shape] is a number; kubeadm.k8s.io/v1beta4 wants a text",
          'error 3:64 ClusterConfiguration.apiServer.extraArgs[0].value [kubeadm-shutdown-delay] "10" is not a Go duration',
        ],
      ],
      // certificate names
      [
        b4(
          "ClusterConfiguration",
          "apiServer: {certSANs: [Kubernetes.default.svc, cp1, 192.168.10.12, api.example.com, other]}",
        ),
        [
          'info 3:24 ClusterConfiguration.apiServer.certSANs[0] [kubeadm-redundant-san] "Kubernetes.default.svc" is already added by kubeadm: kubeadm adds the names of the kubernetes service',
          'info 3:48 ClusterConfiguration.apiServer.certSANs[1] [kubeadm-redundant-san] "cp1" is already added by kubeadm: kubeadm adds it on cp1 itself; each node\'s certificate carries its own name and address',
          'info 3:53 ClusterConfiguration.apiServer.certSANs[2] [kubeadm-redundant-san] "192.168.10.12" is already added by kubeadm: kubeadm adds it on cp2 itself; each node\'s certificate carries its own name and address',
          'info 3:68 ClusterConfiguration.apiServer.certSANs[3] [kubeadm-redundant-san] "api.example.com" is already added by kubeadm: kubeadm adds the host of controlPlaneEndpoint',
        ],
      ],
      [
        "",
        [
          'info certSANs[0] [kubeadm-redundant-san] "kubernetes" is already added by kubeadm: kubeadm adds the names of the kubernetes service',
        ],
        { certSANs: ["kubernetes", "x"] },
      ],
      // where to join
      [
        b4("JoinConfiguration", "discovery: {bootstrapToken: {apiServerEndpoint: '10.9.9.9:6443'}}"),
        [
          "warning 3:49 JoinConfiguration.discovery.bootstrapToken.apiServerEndpoint [kubeadm-join-endpoint] is 10.9.9.9:6443 here, and controlPlaneEndpoint comes to api.example.com:8443",
        ],
      ],
      [
        b4("JoinConfiguration", "discovery: {bootstrapToken: {apiServerEndpoint: 'https://api.example.com:8443'}}"),
        [
          'error 3:49 JoinConfiguration.discovery.bootstrapToken.apiServerEndpoint [kubeadm-join-endpoint] "https://api.example.com:8443" has a scheme',
        ],
      ],
      [
        b4("JoinConfiguration", "discovery: {bootstrapToken: {apiServerEndpoint: api.example.com}}"),
        [
          'error 3:49 JoinConfiguration.discovery.bootstrapToken.apiServerEndpoint [kubeadm-join-endpoint] "api.example.com" has no port, which kubeadm asks for here',
        ],
      ],
      [b4("JoinConfiguration", "discovery: {bootstrapToken: {apiServerEndpoint: 'api.example.com:8443'}}"), []],
      // the node's own address and socket
      ...(
        [
          ["node.example.com", '"node.example.com" is not an IP address'],
          ["0.0.0.0", "0.0.0.0 means every address of the machine"],
          ["224.0.0.1", "224.0.0.1 is a multicast address"],
          ["169.254.1.1", "169.254.1.1 is a link-local address"],
          ["192.168.10.100", "192.168.10.100 is the virtual IP, which moves between nodes"],
        ] as const
      ).map(
        ([address, message]) =>
          [
            b4("JoinConfiguration", `controlPlane: {localAPIEndpoint: {advertiseAddress: ${address}}}`),
            [
              `error 3:53 JoinConfiguration.controlPlane.localAPIEndpoint.advertiseAddress [conflicting-values] advertiseAddress is ${address} here, but the document serves cp2, cp3`,
              `error 3:53 JoinConfiguration.controlPlane.localAPIEndpoint.advertiseAddress [kubeadm-advertise-address] ${message}`,
            ],
          ] as const,
      ),
      [
        b4("InitConfiguration", "nodeRegistration: {criSocket: 'tcp://1.2.3.4'}"),
        [
          'error 3:31 InitConfiguration.nodeRegistration.criSocket [kubeadm-cri-socket] "tcp://1.2.3.4" is no unix socket',
        ],
      ],
      // credentials
      [
        b4("InitConfiguration", `bootstrapTokens: [{token: abcdef.0123456789abcdeF}]\ncertificateKey: "${key}0"`),
        [
          "error 3:27 InitConfiguration.bootstrapTokens[0].token [kubeadm-credentials] is not of the form abcdef.0123456789abcdef",
          "error 4:17 InitConfiguration.certificateKey [kubeadm-credentials] is not 64 hexadecimal digits",
        ],
      ],
      [
        b4(
          "JoinConfiguration",
          `discovery: {bootstrapToken: {token: abcdef.0123456789abcdef}}\ncontrolPlane: {certificateKey: "${key}"}`,
        ),
        ["error 3:29 JoinConfiguration.discovery.bootstrapToken [kubeadm-credentials] has a token but no caCertHashes"],
      ],
      [
        b4(
          "JoinConfiguration",
          `discovery: {bootstrapToken: {token: abcdef.0123456789abcdef, unsafeSkipCAVerification: true}}\ncontrolPlane: {certificateKey: "${key}"}`,
        ),
        [],
      ],
      [
        b4(
          "JoinConfiguration",
          `discovery: {bootstrapToken: {token: abcdef.0123456789abcdef, caCertHashes: ["${hash}", "${hash}0"]}}`,
        ),
        [
          "error 3:152 JoinConfiguration.discovery.bootstrapToken.caCertHashes[1] [kubeadm-credentials] is not sha256: and 64 hexadecimal digits",
          "warning 1:1 JoinConfiguration [kubeadm-credentials] has its own discovery but no controlPlane.certificateKey",
        ],
      ],
    ]),
  )("of %j", (documents, expected, changes) => {
    expect(findings(cluster({ documents, ...changes }))).toEqual(expected);
  });
});
