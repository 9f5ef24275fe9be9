/** Values of a field beyond those that its type tells. */
export interface SpecialValues {
  /** Instead of the type's. */
  readonly right?: readonly unknown[];
  /** Besides those of a wrong type. */
  readonly wrong?: readonly unknown[];
  /** What kubeadm accepts and we do not, by the reason. */
  readonly stricter?: Readonly<Record<string, unknown>>;
}

const key = "ab".repeat(32);
const token: SpecialValues = {
  right: ["abcdef.0123456789abcdef"],
  wrong: ["abcdef", "ABCDEF.0123456789abcdef", "abcdef.0123456789abcde", "abcdef:0123456789abcdef"],
};
const certificateKey: SpecialValues = {
  right: [key, key.toUpperCase(), ""],
  wrong: [key.slice(1), `${key}ab`, "no".repeat(32)],
};
const path: SpecialValues = { right: ["/a/path"], wrong: ["a/path", "./a"] };
const image: SpecialValues = {
  right: ["registry.example.com:5000/a/b-c__d", "localhost", "a", "Registry.example.com/a", "[fd00::1]:5000/a", ""],
  wrong: ["https://registry.example.com", "a/", "a b", "registry.example.com/A", "/a", "a//b", "a:b/c/"],
};
const port: SpecialValues = { right: [1, 6443, 65_535, 0, 6443.0], wrong: [65_536, -1, 6443.5, 3_000_000_000, "x"] };
const address: SpecialValues = {
  right: ["192.168.10.11", "fd00::11", "::ffff:192.168.10.11", ""],
  wrong: ["cp1.example.com", "192.168.10", "192.168.10.11/24", "[fd00::11]", "fd00::11%eth0", "256.1.1.1"],
  stricter: {
    "leading zeros mean another address": "192.168.010.011",
    "it is looked up anew at every start": "0.0.0.0",
    "init refuses it": "224.0.0.1",
    "other nodes cannot reach it": "169.254.1.1",
  },
};
const names = {
  right: ["api.example.com", "*.example.com", "192.168.10.100", "fd00::100", "a"],
  wrong: ["api_server", "https://a", "192.168.10.100:6443", "[fd00::1]", "-a", "a..b", "*", "a.*.b", ""],
};
const pullPolicy: SpecialValues = { right: ["Always", "IfNotPresent", "Never", ""], wrong: ["always", "Sometimes"] };
const socket: SpecialValues = {
  right: ["unix:///run/containerd/containerd.sock", "/run/containerd/containerd.sock", ""],
  wrong: ["unixsocket"],
  stricter: { "the kubelet takes no other scheme on Linux": "tcp://127.0.0.1:1234" },
};
const gates: SpecialValues = {
  right: [{}, { RootlessControlPlane: true }],
  wrong: [{ Unknown: true }, { RootlessControlPlane: "yes" }],
};
const before1_37 = "1.34 does not look at values for upgrades";
const upgradePath: SpecialValues = { right: ["/a/path"], stricter: { [before1_37]: "a/path" } };
const upgradePolicy: SpecialValues = { right: ["Always", ""], stricter: { [before1_37]: "Sometimes" } };
const argumentNames: SpecialValues = { right: ["v"], wrong: [""] };

/** By kind and path. */
export const specialValues: Readonly<Record<string, SpecialValues>> = {
  "InitConfiguration.certificateKey": certificateKey,
  "InitConfiguration.bootstrapTokens.[].token": token,
  "InitConfiguration.bootstrapTokens.[].ttl": {
    right: ["0", "24h", "1h30m", "-1m", ".5h", "1.5us", "2µs"],
    wrong: ["1d", "", "h", "1 h", "24", "1h-1m"],
  },
  // kubeadm sets ttl itself and then finds two.
  "InitConfiguration.bootstrapTokens.[].expires": { right: [null], wrong: ["2027-01-31T12:00:00Z", "2027-01-31", ""] },
  "InitConfiguration.bootstrapTokens.[].usages": {
    right: [[], ["signing", "authentication"], ["authentication"]],
    wrong: [["signing"], ["authentication", "other"]],
  },
  "InitConfiguration.bootstrapTokens.[].usages.[]": { right: ["authentication"], wrong: ["other", ""] },
  "InitConfiguration.bootstrapTokens.[].groups.[]": {
    right: ["system:bootstrappers:kubeadm:default-node-token"],
    wrong: ["system:masters", "system:bootstrappers:", "system:bootstrappers:A"],
  },
  "InitConfiguration.localAPIEndpoint.advertiseAddress": address,
  "InitConfiguration.localAPIEndpoint.bindPort": port,
  "InitConfiguration.nodeRegistration.taints.[].timeAdded": {
    right: ["2027-01-31T12:00:00Z", "2027-01-31T12:00:00.5+02:00", null],
    wrong: ["2027-01-31T12:00:00", "2027-13-31T12:00:00Z", "", 5],
  },
  "ClusterConfiguration.kubernetesVersion": {
    right: ["v1.99.0", "1.99.0-rc.1"],
    wrong: ["1.99", "v1", "newest", "v01.2.3"],
  },
  "ClusterConfiguration.controlPlaneEndpoint": {
    right: ["192.168.10.100:6443", "k8s.example.com", "[fd00::10]:6443", "fd00::10", "", "a:1", "a:65535"],
    wrong: [
      "https://k8s.example.com:6443",
      "k8s.example.com/path",
      "Host_A:6443",
      "K8S.example.com",
      "[fd00::10]",
      ":6443",
      "a:0",
      "a:65536",
      "a:b",
      "fd00::10]:6443",
    ],
    stricter: {
      "kubeadm takes the port for a part of the address": "fd00::10:6443",
      "a colon without a port is a slip": "k8s.example.com:",
      "four numbers are a mistyped address": "300.168.10.100",
      "leading zeros mean another address": "192.168.010.100:6443",
    },
  },
  "ClusterConfiguration.certificatesDir": path,
  "ClusterConfiguration.imageRepository": image,
  "ClusterConfiguration.featureGates": gates,
  "ClusterConfiguration.encryptionAlgorithm": {
    right: ["RSA-2048", "RSA-3072", "RSA-4096", "ECDSA-P256", ""],
    wrong: ["DSA", "rsa-2048", "ECDSA-P521"],
  },
  "ClusterConfiguration.apiServer.certSANs.[]": { right: [...names.right, "API.example.com"], wrong: names.wrong },
  "ClusterConfiguration.etcd.local.serverCertSANs.[]": {
    right: names.right,
    wrong: [...names.wrong, "API.example.com"],
  },
  "ClusterConfiguration.etcd.local.peerCertSANs.[]": {
    right: names.right,
    wrong: names.wrong,
    stricter: { "a part of a DNS name has at most 63 characters": `${"a".repeat(64)}.example.com` },
  },
  "ClusterConfiguration.etcd": {
    right: [{}, { local: {} }, { local: null, external: { endpoints: ["http://192.168.10.31:2379"] } }],
    wrong: [{ local: {}, external: { endpoints: ["http://192.168.10.31:2379"] } }],
  },
  "ClusterConfiguration.etcd.external": {
    right: [
      { endpoints: ["https://a:2379"], caFile: "/ca", certFile: "/cert", keyFile: "/key" },
      { endpoints: ["http://a:2379", "https://[fd00::1]:2379/x"] },
      { endpoints: ["https://a"], caFile: "/ca" },
    ],
    wrong: [
      { endpoints: ["http://a:2379"], caFile: "/ca" },
      { endpoints: ["https://a:2379"], caFile: "/ca", certFile: "/cert" },
      { endpoints: ["https://a:2379"], caFile: "/ca", keyFile: "/key" },
      { endpoints: ["https://a:2379"], certFile: "/cert", keyFile: "/key" },
      { endpoints: ["a:b"], caFile: "/ca" },
    ],
    stricter: { "1.34 does not miss them until etcd is asked": {} },
  },
  "ClusterConfiguration.etcd.external.endpoints": {
    right: [["https://a:2379"]],
    wrong: [["192.168.10.31:2379"], ["//a"], ["a"], ["https://a:b"], ["https://a b"], [""], ["https://a:2379", "b"]],
    stricter: { "1.34 does not miss them until etcd is asked": [] },
  },
  "ClusterConfiguration.etcd.external.endpoints.[]": { right: ["https://a:2379"] },
  "ClusterConfiguration.etcd.external.httpEndpoints.[]": { right: ["http://a:2379"], wrong: ["a", "https://a:b"] },
  "ClusterConfiguration.etcd.external.caFile": path,
  "ClusterConfiguration.etcd.external.certFile": path,
  "ClusterConfiguration.etcd.external.keyFile": path,
  "ClusterConfiguration.etcd.local.dataDir": { ...path, right: ["/a/path", ""] },
  "ClusterConfiguration.etcd.local.imageRepository": image,
  "ClusterConfiguration.dns.imageRepository": image,
  "ClusterConfiguration.networking.dnsDomain": {
    right: ["cluster.local", "a", ""],
    wrong: ["Cluster.local", "a_b", ".a", "a.", "*.a"],
  },
  "ClusterConfiguration.networking.serviceSubnet": {
    right: [
      "10.96.0.0/12",
      "10.96.0.0/28",
      "fd00::/108",
      "10.96.0.0/16,fd00::/112",
      "fd00::/112,10.96.0.0/16",
      "",
      "10.96.0.5/16",
    ],
    wrong: [
      "10.96.0.0/11",
      "10.96.0.0/29",
      "fd00::/107",
      "fd00::/125",
      "10.96.0.0/16,10.97.0.0/16",
      "fd00::/112,fd01::/112",
      "10.96.0.0/16,fd00::/112,fd01::/112",
      "10.96.0.0/16, fd00::/112",
      "10.96.0.0",
      "a/16",
      "10.96.0.0/33",
      ",",
    ],
    stricter: { "leading zeros mean another address": "010.96.0.0/16" },
  },
  "ClusterConfiguration.networking.podSubnet": {
    right: ["10.244.0.0/16", "10.244.0.0/24", "10.0.0.0/8", "fd00::/48", "fd00::/64", "10.244.0.0/16,fd00::/48", ""],
    wrong: [
      "10.244.0.0/25",
      "10.0.0.0/7",
      "10.244.0.0/29",
      "fd00::/47",
      "fd00::/65",
      "10.0.0.0/16,10.1.0.0/16",
      "0.0.0.0/0",
      "fd00::",
    ],
  },
  "JoinConfiguration.caCertPath": { right: ["/a/ca.crt", ""], wrong: ["ca.crt", "/a/ca.pem"] },
  "JoinConfiguration.discovery": {
    right: [{ file: { kubeConfigPath: "https://example.com/c" } }],
    wrong: [
      {},
      null,
      { file: { kubeConfigPath: "https://a" }, bootstrapToken: {} },
      { tlsBootstrapToken: token.right?.[0] },
    ],
  },
  "JoinConfiguration.discovery.tlsBootstrapToken": token,
  "JoinConfiguration.discovery.bootstrapToken": {
    right: [
      { token: token.right?.[0], apiServerEndpoint: "a:6443", unsafeSkipCAVerification: true },
      { token: token.right?.[0], apiServerEndpoint: "[fd00::1]:6443", caCertHashes: [`sha256:${key}`] },
    ],
    wrong: [
      {},
      { apiServerEndpoint: "a:6443", unsafeSkipCAVerification: true },
      { token: token.right?.[0], unsafeSkipCAVerification: true },
      { token: token.right?.[0], apiServerEndpoint: "a:6443" },
      { token: token.right?.[0], apiServerEndpoint: "a:6443", caCertHashes: [], unsafeSkipCAVerification: false },
    ],
  },
  "JoinConfiguration.discovery.bootstrapToken.token": token,
  "JoinConfiguration.discovery.bootstrapToken.apiServerEndpoint": {
    right: ["a.example.com:6443", "[fd00::1]:6443"],
    wrong: ["a.example.com", "fd00::1", "[fd00::1]", "", "https://a:6443"],
    stricter: { "there is no such host": "Host_A:6443", "there is no such port": "a:66666" },
  },
  "JoinConfiguration.discovery.bootstrapToken.caCertHashes.[]": {
    right: [`sha256:${key}`],
    stricter: { "join refuses it": "sha256:abc" },
  },
  "JoinConfiguration.discovery.file": {
    right: [{ kubeConfigPath: "https://example.com/c" }],
    wrong: [{}, { kubeConfigPath: "" }],
  },
  "JoinConfiguration.discovery.file.kubeConfigPath": {
    right: ["https://example.com/c", "file:///etc/hosts", "/etc/hosts"],
    wrong: ["http://example.com/c", "ftp://a"],
  },
  "JoinConfiguration.controlPlane": { right: [{}, null] },
  "JoinConfiguration.controlPlane.certificateKey": certificateKey,
  "JoinConfiguration.controlPlane.localAPIEndpoint.advertiseAddress": address,
  "JoinConfiguration.controlPlane.localAPIEndpoint.bindPort": port,
  "ResetConfiguration.certificatesDir": path,
  "ResetConfiguration.criSocket": socket,
  "ResetConfiguration.unmountFlags.[]": {
    right: ["MNT_FORCE", "MNT_DETACH", "MNT_EXPIRE", "UMOUNT_NOFOLLOW"],
    wrong: ["mnt_force", "FORCE", ""],
  },
  ...Object.fromEntries(
    ["InitConfiguration", "JoinConfiguration"].flatMap((kind) => [
      [
        `${kind}.nodeRegistration.name`,
        { right: ["cp1", "CP1.example.com", " cp1 ", ""], wrong: ["cp_1", "-a", "a b", " "] },
      ],
      [`${kind}.nodeRegistration.criSocket`, socket],
      [`${kind}.nodeRegistration.imagePullPolicy`, pullPolicy],
      [`${kind}.nodeRegistration.kubeletExtraArgs.[].name`, argumentNames],
    ]),
  ),
  ...Object.fromEntries(
    ["apiServer", "controllerManager", "scheduler", "etcd.local"].map((part) => [
      `ClusterConfiguration.${part}.extraArgs.[].name`,
      argumentNames,
    ]),
  ),
  ...Object.fromEntries(
    ["apply", "node"].flatMap((part) => [
      [`UpgradeConfiguration.${part}.patches.directory`, upgradePath],
      [`UpgradeConfiguration.${part}.imagePullPolicy`, upgradePolicy],
    ]),
  ),
};
