import { parseAddress } from "../net/address.ts";
import type { DefaultKey, defaults } from "./defaults.ts";
import { distributions } from "./distributions.ts";
import { parseDuration } from "./duration.ts";
import { behaviour } from "./kubernetes-behaviour.ts";
import type { KubernetesVersion } from "./kubernetes-version.ts";
import type { BGPPeer, BGPSpec, DNSSpec, IPVSSpec, KubeVipSpec, ServiceLoadBalancerSpec } from "./kube-vip-spec.ts";
import type { HAConfiguration } from "./schema.ts";

/** What a normalized part is made of. */
export interface PartInput {
  readonly configuration: HAConfiguration;
  readonly kubernetesVersion: KubernetesVersion;
  /** The value of a key: what the user wrote, else the default. */
  get<Key extends DefaultKey>(key: Key): ReturnType<(typeof defaults)[Key]["value"]>;
}

/** The settings of kube-vip. */
export function normalizeKubeVip(input: PartInput): KubeVipSpec {
  const { configuration, get, kubernetesVersion } = input;
  const { kubeVip } = configuration;
  const lose = kubeVip?.loseLeadershipAfter;
  return {
    mode: get("kubeVip.mode"),
    election: get("kubeVip.election"),
    leaseDurationSeconds: seconds(get("kubeVip.leaseDuration")),
    renewDeadlineSeconds: seconds(get("kubeVip.renewDeadline")),
    retryPeriodSeconds: seconds(get("kubeVip.retryPeriod")),
    bootstrapCredential: bootstrapCredential(input),
    hosts: hosts(get("kubeVip.hosts"), behaviour(kubernetesVersion).hostAliasesWork),
    metricsAddress: get("kubeVip.metricsAddress"),
    bgp: bgp(input),
    routingTable: {
      table: get("kubeVip.routingTable.table"),
      protocol: get("kubeVip.routingTable.protocol"),
      clean: get("kubeVip.routingTable.clean"),
    },
    ipvs: kubeVip?.ipvs === undefined ? undefined : ipvs(input),
    dns: kubeVip?.dns === undefined ? undefined : dns(kubeVip.dns),
    nodeLabeling: get("kubeVip.nodeLabeling"),
    preserveOnLeadershipLoss: get("kubeVip.preserveOnLeadershipLoss"),
    loseLeadershipAfterSeconds: lose === undefined ? undefined : seconds(lose),
    extraEnv: kubeVip?.extraEnv ?? {},
  };
}

/** LoadBalancer services; undefined where nobody asks for them. */
export function normalizeServiceLoadBalancer({ configuration, get }: PartInput): ServiceLoadBalancerSpec | undefined {
  const { serviceLoadBalancer: written } = configuration;
  if (written === undefined) return undefined;
  return {
    deployAs: get("serviceLoadBalancer.deployAs"),
    interface: written.interface,
    electionPerService: get("serviceLoadBalancer.electionPerService"),
    class: written.class,
    onlyServicePorts: get("serviceLoadBalancer.onlyServicePorts"),
    cloudProvider: get("serviceLoadBalancer.cloudProvider"),
    pools: (written.pools ?? []).map((pool) => ({
      namespace: pool.namespace,
      ranges: pool.ranges ?? [],
      cidrs: pool.cidrs ?? [],
      dhcp: pool.dhcp ?? false,
      interface: pool.interface,
      shareAddresses: pool.shareAddresses ?? false,
    })),
    searchOrder: get("serviceLoadBalancer.searchOrder"),
    skipEndAddresses: get("serviceLoadBalancer.skipEndAddresses"),
    egress: written.egress && { podCIDR: written.egress.podCIDR, serviceCIDR: written.egress.serviceCIDR },
  };
}

function bgp({ configuration, get }: PartInput): BGPSpec {
  const written = configuration.kubeVip?.bgp;
  const peers = (written?.peers ?? []).flatMap((peer): readonly BGPPeer[] => {
    const address = parseAddress(peer.address);
    return address === undefined
      ? []
      : [{ address, as: peer.as, multihop: peer.multihop ?? false, bfd: peer.bfd ?? false }];
  });
  return {
    localAS: get("kubeVip.bgp.localAS"),
    routerID: written?.routerID,
    peers,
    sourceInterface: written?.sourceInterface,
    sourceIP: get("kubeVip.bgp.sourceIP"),
    holdTimeSeconds: seconds(get("kubeVip.bgp.holdTime")),
    keepaliveIntervalSeconds: seconds(get("kubeVip.bgp.keepaliveInterval")),
    healthCheck: get("kubeVip.bgp.healthCheck"),
  };
}

function ipvs({ get }: PartInput): IPVSSpec {
  return {
    forwardingMethod: get("kubeVip.ipvs.forwardingMethod"),
    checkIntervalSeconds: seconds(get("kubeVip.ipvs.checkInterval")),
  };
}

function dns({
  name,
  mode = "first",
  dynamic = false,
}: NonNullable<NonNullable<HAConfiguration["kubeVip"]>["dns"]>): DNSSpec {
  return { name, mode, dynamic };
}

/** Only kubeadm has a super-admin.conf, and only a pod with admin.conf in its place is moved away from it. */
function bootstrapCredential({ configuration, kubernetesVersion, get }: PartInput): "super-admin" | "admin" {
  const asked = get("kubeVip.bootstrapCredential");
  const other =
    (configuration.distribution ?? "kubeadm") !== "kubeadm" ||
    get("kubeconfigPath") !== distributions.kubeadm.kubeconfig ||
    configuration.deployAs === "daemon-set" ||
    configuration.kubeVip?.election === "etcd";
  if (other) return "admin";
  if (asked !== "auto") return asked;
  return behaviour(kubernetesVersion).superAdmin ? "super-admin" : "admin";
}

function hosts(value: "auto" | "file" | "alias" | "address", aliasesWork: boolean): "file" | "alias" | "address" {
  if (value !== "auto") return value;
  return aliasesWork ? "alias" : "file";
}

function seconds(text: string): number {
  return (parseDuration(text) ?? 0) / 1000;
}
