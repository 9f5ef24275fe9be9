import type { Rule } from "../rule.ts";
import { refuseIf } from "./refuse.ts";

const ours = new Set(
  "vip_arp port vip_nodename vip_interface vip_subnet vip_cidr dns_mode cp_enable cp_namespace vip_leaderelection vip_leasename vip_leaseduration vip_renewdeadline vip_retryperiod address vip_address prometheus_server bgp_enable vip_routingtable vip_wireguard lb_enable lb_port lb_fwdmethod svc_enable svc_leasename svc_election lb_class_name lb_class_only lb_class_legacy_handling enable_service_security egress_podcidr egress_servicecidr egress_clean EGRESS_CLEAN vip_servicesinterface vip_ddns k8s_config_file kubernetes_addr health_check_port enable_node_labeling backend_health_check_interval bgp_routerid bgp_routerinterface bgp_as bgp_peers bgp_peeraddress bgp_peeras bgp_peerpass bgp_sourceif bgp_sourceip bgp_hold_time bgp_keepalive_interval control_plane_health_check_address control_plane_health_check_ca_path vip_routingtableid vip_routingprotocol vip_cleanroutingtable vip_preserve_on_leadership_loss vip_loseleadership vip_loseleadership_timeout_seconds KUBERNETES_SERVICE_HOST KUBERNETES_SERVICE_PORT".split(
    " ",
  ),
);

/** kube-vip takes the last of two values of one name without a word. */
export const kubeVipEnvironment: Rule = {
  id: "kube-vip-environment",
  summary: "kubeVip.extraEnv sets nothing that this tool sets or that changes the mode.",
  reason: "of two values for one name one wins silently, and a second mode ends kube-vip at its start",
  check: (spec) => [
    ...Object.keys(spec.kubeVip.extraEnv)
      .filter((name) => ours.has(name))
      .map((name) => ({
        severity: "error" as const,
        path: `kubeVip.extraEnv.${name}`,
        message: `${name} is set by kubeadm-ha or would change what it sets`,
        remedy: "use the key of the configuration for it, or remove it",
      })),
    // The file is read first: https://github.com/kube-vip/kube-vip/blob/v1.2.3/cmd/kube-vip.go
    ...refuseIf(spec.kubeVip.extraEnv["config_file"] !== undefined, "kubeVip.extraEnv.config_file", [
      "config_file does nothing: kube-vip reads its file before its environment",
      "patch the container's arguments: --config-file=PATH",
    ]),
  ],
};
