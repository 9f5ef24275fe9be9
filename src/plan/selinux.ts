import { type ClusterSpec, runsOnHosts } from "../config/spec.ts";

/** What lets a balancer's domain connect to ports of its choice: haproxy_selinux(8), httpd_selinux(8). */
export const selinuxBooleans = { haproxy: "haproxy_connect_any", nginx: "httpd_can_network_connect" } as const;

/**
 * The commands that give our files and ports the labels which SELinux's policy asks for where it is enforcing.
 * Pods stay confined: their files get the label for containers, since spc_t, which could read all of them,
 * would take the confinement away and is missing in some policies (https://github.com/kubernetes/kubernetes/pull/49328).
 */
export function labelCommands(spec: ClusterSpec): readonly string[] {
  // New files get the label of their directory.
  const restore =
    "mkdir -p -m 755 /etc/kubeadm-ha && mkdir -p -m 700 /run/kubeadm-ha && restorecon -R /etc/kubeadm-ha /run/kubeadm-ha";
  if (!runsOnHosts(spec)) return [label("container_file_t", "/(etc|run)/kubeadm-ha(/.*)?"), restore];
  const { provider, port, healthPort } = spec.loadBalancer;
  return [
    ...(provider === "nginx" ? [port, healthPort].map(portLabel) : []),
    // https://github.com/fedora-selinux/selinux-policy/blob/rawhide/policy/modules/contrib/keepalived.te
    label("keepalived_unconfined_script_exec_t", String.raw`/etc/kubeadm-ha/keepalived/.*\.sh`),
    label("keepalived_var_run_t", "/run/kubeadm-ha(/.*)?"),
    restore,
  ];
}

function label(type: string, files: string): string {
  return `semanage fcontext -a -t ${type} '${files}'`;
}

// Adding fails where the policy has the port already.
function portLabel(port: number): string {
  return `semanage port -a -t http_port_t -p tcp ${port} || semanage port -m -t http_port_t -p tcp ${port}`;
}
