import type { Rule } from "../rule.ts";

const ours = new Set(
  "vip_arp port vip_nodename vip_interface vip_subnet vip_cidr dns_mode cp_enable cp_namespace vip_leaderelection vip_leasename vip_leaseduration vip_renewdeadline vip_retryperiod address vip_address prometheus_server bgp_enable vip_routingtable vip_wireguard lb_enable svc_enable vip_ddns k8s_config_file health_check_port".split(
    " ",
  ),
);

/** kube-vip takes the last of two values of one name without a word. */
export const kubeVipEnvironment: Rule = {
  id: "kube-vip-environment",
  summary: "kubeVip.extraEnv sets nothing that this tool sets or that changes the mode.",
  reason: "of two values for one name one wins silently, and a second mode ends kube-vip at its start",
  check: (spec) =>
    Object.keys(spec.kubeVip.extraEnv)
      .filter((name) => ours.has(name))
      .map((name) => ({
        severity: "error" as const,
        path: `kubeVip.extraEnv.${name}`,
        message: `${name} is set by kubeadm-ha or would change what it sets`,
        remedy: "use the key of the configuration for it, or remove it",
      })),
};
