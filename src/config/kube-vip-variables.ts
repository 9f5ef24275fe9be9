import { compareReleases, type Release, releaseOf } from "./image.ts";

/** How kube-vip parses the value of a variable; a list of words where only those mean something. */
export type Form = "text" | "bool" | "int" | "uint16" | "uint32" | "json" | "address" | readonly string[];

/** An environment variable that some release of kube-vip reads. */
export interface Variable {
  readonly name: string;
  /** The first release that reads it. */
  readonly since: Release;
  /** The first release that does not read it any more. */
  readonly until: Release | undefined;
  readonly form: Form;
  /** The command line flag of the same setting, which the variable overrides. */
  readonly flag: string | undefined;
}

/** Whether a release reads a variable; the newest one where the release is unknown. */
export function isReadBy(variable: Variable, release: Release | undefined): boolean {
  if (release === undefined) return variable.until === undefined;
  return (
    compareReleases(release, variable.since) >= 0 &&
    (variable.until === undefined || compareReleases(release, variable.until) < 0)
  );
}

/** The newest release that was looked at. */
export const newestKnown: Release = [1, 2, 3];

type Row = readonly [name: string, since: string, form: string, flag?: string];

// What pkg/kubevip/config_environment.go passes to os.Getenv, in every tag from v0.1.5 to v1.2.3:
// https://github.com/kube-vip/kube-vip/blob/v1.2.3/pkg/kubevip/config_environment.go
const current: readonly Row[] = [
  ["address", "v0.1.9", "text", "address"],
  ["annotation", "v0.3.1", "text", "annotations"],
  ["backend_health_check_interval", "v0.8.0", "int"],
  ["bgp_as", "v0.1.8", "uint32", "localAS"],
  ["bgp_attach_ip_to_interface", "v1.2.2", "bool", "bgpAttachIPToInterface"],
  ["bgp_enable", "v0.1.8", "bool", "bgp"],
  ["bgp_hold_time", "v0.7.0", "uint32", "bgpHoldTimer"],
  ["bgp_keepalive_interval", "v0.7.0", "uint32", "bgpKeepAliveInterval"],
  ["bgp_multihop", "v0.3.1", "bool", "multihop"],
  ["bgp_peeraddress", "v0.1.8", "text", "peerAddress"],
  ["bgp_peeras", "v0.1.8", "uint32", "peerAS"],
  ["bgp_peerpass", "v0.3.1", "text", "peerPass"],
  ["bgp_peers", "v0.3.1", "text", "bgppeers"],
  ["bgp_routerid", "v0.1.8", "address", "bgpRouterID"],
  ["bgp_routerinterface", "v0.2.2", "text"],
  ["bgp_sourceif", "v0.4.2", "text", "sourceIF"],
  ["bgp_sourceip", "v0.4.2", "address", "sourceIP"],
  ["config_file", "v1.0.1", "text", "config-file"],
  ["control_plane_health_check_address", "v1.2.0", "text", "controlPlaneHealthCheckAddress"],
  ["control_plane_health_check_ca_path", "v1.2.0", "text", "controlPlaneHealthCheckCAPath"],
  ["control_plane_health_check_failure_threshold", "v1.2.0", "int", "controlPlaneHealthCheckFailureThreshold"],
  ["control_plane_health_check_period_seconds", "v1.2.0", "int", "controlPlaneHealthCheckPeriodSeconds"],
  ["control_plane_health_check_timeout_seconds", "v1.2.0", "int", "controlPlaneHealthCheckTimeoutSeconds"],
  ["cp_detect", "v0.7.0", "bool", "autodetectcp"],
  ["cp_enable", "v0.3.1", "bool", "controlplane"],
  ["cp_namespace", "v0.3.1", "text", "namespace"],
  ["dhcp_backoff_attempts", "v1.0.4", "int", "dhcpBackoffAttempts"],
  ["dhcp_mode", "v1.0.3", "ipv4 ipv6 dual", "dhcpMode"],
  ["disable_service_updates", "v0.7.0", "bool", "disableServiceUpdates"],
  ["dns_mode", "v0.7.0", "first ipv4 ipv6 dual", "dnsMode"],
  ["EGRESS_CLEAN", "v0.5.6", "bool"],
  ["egress_clean", "v1.0.0", "bool"],
  ["egress_enableinternalsnat", "v1.2.2", "bool"],
  ["egress_podcidr", "v0.5.6", "text"],
  ["egress_servicecidr", "v0.5.6", "text"],
  ["egress_withnftables", "v0.5.12", "bool", "egressWithNftables"],
  ["enable_endpoints", "v1.0.0", "bool", "enableEndpoints"],
  ["enable_node_labeling", "v0.6.3", "bool", "enableNodeLabeling"],
  ["enable_service_security", "v0.6.0", "bool", "onlyAllowTrafficServicePorts"],
  ["enable_upnp", "v1.0.0", "bool"],
  ["health_check_port", "v0.8.10", "int", "healthCheckPort"],
  ["instance_name", "v1.2.2", "text", "instanceName"],
  ["iptables_backend", "v0.8.0", "text"],
  ["k8s_config_file", "v0.7.0", "text", "k8sConfigPath"],
  ["kubernetes_addr", "v0.8.0", "text"],
  ["lb_class_legacy_handling", "v0.8.1", "bool", "lbClassNameLegacyHandling"],
  ["lb_class_name", "v0.6.0", "text", "lbClassName"],
  ["lb_class_only", "v0.5.5", "bool", "lbClassOnly"],
  ["lb_enable", "v0.1.6", "bool", "enableLoadBalancer"],
  ["lb_fwdmethod", "v0.4.1", "local masquerade tunnel directroute bypass", "lbForwardingMethod"],
  ["lb_port", "v0.1.5", "uint16", "lbPort"],
  ["mirror_dest_interface", "v0.8.0", "text", "mirrorDestInterface"],
  ["mpbgp_ipv4", "v0.8.10", "address"],
  ["mpbgp_ipv6", "v0.8.10", "address"],
  ["mpbgp_nexthop", "v0.8.10", "text"],
  ["per_service_election_on_demand", "v1.2.2", "bool", "perServiceElectionOnDemand"],
  ["port", "v0.2.2", "uint16", "port"],
  ["prometheus_server", "v0.5.0", "text", "prometheusHTTPServer"],
  ["svc_election", "v0.5.0", "bool", "servicesElection"],
  ["svc_enable", "v0.3.1", "bool", "services"],
  ["svc_leasename", "v0.6.3", "text", "servicesLeaseName"],
  ["svc_namespace", "v0.5.5", "text"],
  ["vip_address", "v0.1.5", "text", "vip"],
  ["vip_allow_interface_not_up", "v1.2.2", "bool", "allowInterfaceNotUp"],
  ["vip_arp", "v0.1.5", "bool", "arp"],
  ["vip_arpRate", "v0.5.6", "int"],
  ["vip_cleanroutingtable", "v0.7.1", "bool", "cleanRoutingTable"],
  ["vip_configmap", "v0.1.5", "text"],
  ["vip_ddns", "v0.2.2", "bool", "ddns"],
  ["vip_interface", "v0.1.5", "text", "interface"],
  ["vip_interfaceloglobal", "v0.8.4", "bool", "loInterfaceGlobalScope"],
  ["vip_leaderelection", "v0.1.6", "bool", "leaderElection"],
  ["vip_leaseannotations", "v0.6.1", "json"],
  ["vip_leaseduration", "v0.1.8", "int", "leaseDuration"],
  ["vip_leasename", "v0.6.1", "text", "leaseName"],
  ["vip_loglevel", "v0.1.5", "int", "log"],
  ["vip_loseleadership", "v1.2.2", "bool", "loseLeadership"],
  ["vip_loseleadership_timeout_seconds", "v1.2.2", "int", "loseLeadershiptTimeoutSeconds"],
  ["vip_nodename", "v0.8.0", "text", "nodeName"],
  ["vip_preserve_on_leadership_loss", "v1.0.2", "bool", "preserveVipOnLeadershipLoss"],
  ["vip_renewdeadline", "v0.1.8", "int", "leaseRenewDuration"],
  ["vip_retryperiod", "v0.1.8", "int", "leaseRetry"],
  ["vip_routingprotocol", "v0.7.1", "int", "routingProtocol"],
  ["vip_routingtable", "v0.5.0", "bool", "table"],
  ["vip_routingtableid", "v0.6.4", "int", "tableID"],
  ["vip_routingtabletype", "v0.6.4", "int", "tableType"],
  ["vip_servicesinterface", "v0.3.9", "text", "serviceInterface"],
  ["vip_singlenode", "v0.1.5", "bool"],
  ["vip_skipdad", "v1.2.3", "bool"],
  ["vip_startleader", "v0.1.5", "bool"],
  ["vip_subnet", "v0.5.6", "text", "vipSubnet"],
  ["vip_wireguard", "v0.5.0", "bool", "wireguard"],
  ["zebra_enable", "v1.0.0", "bool", "zebra"],
  ["zebra_software_name", "v1.0.0", "text", "zebraSoftwareName"],
  ["zebra_url", "v1.0.0", "text", "zebraUrl"],
  ["zebra_version", "v1.0.0", "uint32", "zebraVersion"],
];

// The same, with the first tag that lacks it.
const gone: readonly (readonly [name: string, since: string, form: string, until: string, flag?: string])[] = [
  ["bgp_source_if", "v0.3.8", "text", "v0.4.2"],
  ["bgp_source_ip", "v0.3.8", "text", "v0.4.2"],
  ["enable_endpointslices", "v0.7.0", "bool", "v1.0.0"],
  ["enableUPNP", "v0.2.2", "text", "v1.0.0"],
  ["lb_backendport", "v0.1.5", "text", "v0.4.0"],
  ["lb_backends", "v0.1.5", "text", "v0.4.0"],
  ["lb_bindtovip", "v0.1.5", "bool", "v0.4.0"],
  ["lb_name", "v0.1.5", "text", "v0.4.0"],
  ["lb_type", "v0.1.5", "text", "v0.4.0"],
  ["provider_config", "v0.3.1", "text", "v0.9.0"],
  ["vip_addpeerstolb", "v0.1.5", "bool", "v0.4.0"],
  ["vip_cidr", "v0.1.8", "text", "v0.9.0", "cidr"],
  ["vip_localpeer", "v0.1.5", "text", "v0.4.0"],
  ["vip_packet", "v0.1.6", "bool", "v0.9.0"],
  ["vip_packetproject", "v0.1.6", "text", "v0.9.0"],
  ["vip_packetprojectid", "v0.3.1", "text", "v0.9.0"],
  ["vip_peers", "v0.1.5", "text", "v0.4.0"],
];

/** Every variable of every release since v0.1.5. */
export const variables: readonly Variable[] = [
  ...current.map(([name, since, form, flag]) => variable([name, since, form, flag], undefined)),
  ...gone.map(([name, since, form, until, flag]) => variable([name, since, form, flag], until)),
];

function variable(
  [name, since, form, flag]: readonly [string, string, string, string | undefined],
  until: string | undefined,
): Variable {
  return {
    name,
    since: releaseOf(since) ?? [0, 0, 0],
    until: releaseOf(until),
    form: form.includes(" ") ? form.split(" ") : (form as Form),
    flag,
  };
}
