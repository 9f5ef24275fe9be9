import { execFile } from "node:child_process";
import { promisify } from "node:util";

import type { KubernetesObject, V1ClusterRole, V1DaemonSet, V1Pod, V1PodSpec } from "@kubernetes/client-node";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";

import { kubeVipModes } from "../support/kube-vip-clusters.ts";
import { oracle } from "./support/programs.ts";
import { render } from "./support/render.ts";

const common = ["--interface", "eth0", "--address", "192.168.10.100", "--controlplane"];
const election = ["--leaderElection", "--leaseDuration", "10", "--leaseRenewDuration", "7", "--leaseRetry", "1"];
const arp = [...common, "--arp", ...election];
const bgp = [
  "--interface",
  "lo",
  "--address",
  "192.168.10.100",
  "--controlplane",
  "--bgp",
  "--bgppeers",
  "192.168.10.1:65001::false",
];

/** Where we differ from what kube-vip's own generator writes, by the section of its facts that says why. */
const ours: Readonly<Record<string, string>> = {
  // 1.1: never written by the generator, or not without its flag.
  bgp_hold_time: "1.1, multihop and timers",
  bgp_keepalive_interval: "1.1, multihop and timers",
  backend_health_check_interval: "2.5, sketch",
  vip_routingtableid: "1.1, tableID",
  vip_routingprotocol: "1.1, routingProtocol",
  vip_cleanroutingtable: "1.1, cleanRoutingTable",
  lb_class_name: "1.1, lbClassName",
  lb_class_legacy_handling: "1.1, lbClassNameLegacyHandling",
  kubernetes_addr: "1.1, variables without a flag",
  // 2.7: in place of the service's address, which needs a kube-proxy.
  KUBERNETES_SERVICE_HOST: "2.7, ClusterIP clients",
  KUBERNETES_SERVICE_PORT: "2.7, ClusterIP clients",
  egress_podcidr: "1.1, variables without a flag",
  egress_servicecidr: "1.1, variables without a flag",
  egress_clean: "1.1, variables without a flag",
  control_plane_health_check_address: "2.3, health check",
  control_plane_health_check_ca_path: "2.3, health check",
  control_plane_health_check_period_seconds: "2.3, health check",
};
const theirs: Readonly<Record<string, string>> = {
  dns_mode: "1.1, dnsMode: always written, of use for names only",
  dhcp_mode: "1.1, dhcpMode: the flag is dead",
  vip_address: "1.1, vip: deprecated",
  // Peers are in bgp_peers, which adds up with this one.
  bgp_peeraddress: "2.3, peers add up",
  bgp_peeras: "2.3, peers add up",
  bgp_peerpass: "2.3, peers add up",
  control_plane_health_check_period_seconds: "1.1, the default",
  control_plane_health_check_timeout_seconds: "1.1, the default",
  control_plane_health_check_failure_threshold: "1.1, the default",
};

describe("against kube-vip v1.2.1's own generator, key by key", () => {
  it.each<[string, readonly string[]]>([
    ["own-address", arp],
    ["extra-environment", arp],
    ["node-labeling", [...arp, "--enableNodeLabeling", "--preserveVipOnLeadershipLoss"]],
    [
      "services",
      [...arp, "--services", "--servicesElection", "--serviceInterface", "eth1", "--onlyAllowTrafficServicePorts"],
    ],
    ["services-class", [...arp, "--services"]],
    ["ipvs", [...arp, "--enableLoadBalancer", "--lbForwardingMethod", "masquerade"]],
    ["ipvs-local", [...arp, "--enableLoadBalancer"]],
    ["bgp", [...bgp, "--bgpRouterID", "192.168.10.11"]],
    [
      "bgp-source-interface",
      [...bgp, "--bgppeers", "[fd00:10::1]:65001::false", "--bgpRouterID", "192.168.10.11", "--sourceIF", "eth1"],
    ],
    ["routing-table", [...common, "--table"]],
    [
      "ddns",
      [
        "--interface",
        "eth0",
        "--address",
        "api.example.com",
        "--vipSubnet",
        "32",
        "--controlplane",
        "--arp",
        "--ddns",
        "--dnsMode",
        "ipv4",
        ...election,
      ],
    ],
  ])("manifest pod: %s", async (name, flags) => {
    const [pod] = await generated<V1Pod>("pod", flags);
    const own = find(name, "Pod") as V1Pod;
    expect(environmentDifferences(own.spec, pod?.spec)).toEqual([]);
    expect(shape(own.spec)).toEqual(shape(pod?.spec));
  });

  it("manifest daemonset", async () => {
    const [theirSet] = await generated<V1DaemonSet>("daemonset", [...arp, "--inCluster", "--taint"]);
    const own = find("daemon-set", "DaemonSet") as V1DaemonSet;
    const [ourPod, theirPod] = [own.spec?.template.spec, theirSet?.spec?.template.spec];
    expect(environmentDifferences(ourPod, theirPod)).toEqual([]);
    expect(shape(ourPod)).toEqual(shape(theirPod));
    expect(own.spec?.selector).toEqual(theirSet?.spec?.selector);
    for (const key of ["affinity", "tolerations", "serviceAccountName", "volumes", "hostAliases"] as const)
      expect(ourPod?.[key], key).toEqual(theirPod?.[key]);
  });

  it("manifest rbac: the same six rules where everything is switched on, and none beside them", async () => {
    const role = (objects: readonly KubernetesObject[]): V1ClusterRole | undefined =>
      objects.find(({ kind }) => kind === "ClusterRole");
    const [theirRules, ourRules] = [
      role(await generated<KubernetesObject>("rbac", arp))?.rules,
      role(objectsOf(everything))?.rules,
    ];
    expect(theirRules).toHaveLength(6);
    expect(sorted(ourRules)).toEqual(sorted(theirRules));
  });
});

const everything = `${kubeVipModes["daemon-set"] ?? ""}kubeVip: {nodeLabeling: true, ipvs: {}}
serviceLoadBalancer: {electionPerService: true, egress: {podCIDR: 10.244.0.0/16}, pools: [{dhcp: true}]}
`;

async function generated<Kind>(what: string, flags: readonly string[]): Promise<readonly Kind[]> {
  // Whatever stands in the environment would change the manifest.
  const { stdout } = await promisify(execFile)(oracle("kube-vip-v1.2.1"), ["manifest", what, ...flags], { env: {} });
  return parseAllDocuments(stdout).flatMap((document) => (document.toJS() as Kind | null) ?? []);
}

function objectsOf(text: string): readonly KubernetesObject[] {
  const [node] = render({ name: "", text, kubeadm: () => undefined }).nodes;
  const files = node?.files.filter(({ path }) => path.endsWith("/kube-vip.yaml")) ?? [];
  return files.flatMap((file) => parseAllDocuments(file.text).map((document) => document.toJS() as KubernetesObject));
}

function find(mode: string, kind: string): KubernetesObject {
  const object = objectsOf(kubeVipModes[mode] ?? "").find((candidate) => candidate.kind === kind);
  if (object === undefined) throw new Error(`no ${kind} in ${mode}`);
  return object;
}

/** What differs without a section that says why. */
function environmentDifferences(own: V1PodSpec | undefined, other: V1PodSpec | undefined): readonly string[] {
  const [mine, yours] = [values(own), values(other)];
  // What the user adds is the user's.
  const added = new Set(["vip_arpRate", "vip_loglevel"]);
  return [...new Set([...mine.keys(), ...yours.keys()])].filter((name) => {
    if (mine.get(name) === yours.get(name) || added.has(name)) return false;
    return mine.has(name) ? !(name in ours) || yours.has(name) : !(name in theirs);
  });
}

function values(spec: V1PodSpec | undefined): ReadonlyMap<string, string> {
  return new Map(
    (spec?.containers[0]?.env ?? []).map(({ name, value, valueFrom }) => [name, value ?? JSON.stringify(valueFrom)]),
  );
}

/** The rest of a pod that kube-vip's generator decides; 2.1 says why requests, priority and types are added. */
function shape(spec: V1PodSpec | undefined): unknown {
  const container = spec?.containers[0];
  return {
    args: container?.args,
    securityContext: container?.securityContext,
    hostNetwork: spec?.hostNetwork,
    serviceAccountName: spec?.serviceAccountName,
    imagePullPolicy: container?.imagePullPolicy,
    mount: container?.volumeMounts?.[0]?.mountPath,
  };
}

function sorted(rules: V1ClusterRole["rules"]): unknown {
  return rules
    ?.map(({ apiGroups, resources, verbs }) => JSON.stringify([apiGroups, resources?.toSorted(), verbs.toSorted()]))
    .toSorted();
}
