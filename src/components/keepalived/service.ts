import { type ClusterSpec, hasDedicatedBalancers, isBalancer } from "../../config/spec.ts";
import { comment } from "../../render/text.ts";
import { sysctlPath } from "../lvs/kernel-settings.ts";
import { serviceName, type ServiceUnit } from "../service-unit.ts";
import { needsForwarding } from "./forwarding.ts";
import { keepalivedConfigPath, runDirectory } from "./paths.ts";

/** keepalived as a service of systemd, with the distribution's program and our files. */
export function keepalivedService(spec: ClusterSpec): ServiceUnit {
  const { provider } = spec.loadBalancer;
  const isDirector = provider === "lvs";
  return {
    name: "keepalived",
    description: "Virtual IP of the Kubernetes API (keepalived, kubeadm-ha)",
    whyAfter:
      "Stopped before all of these: its last advert, of priority 0, lets another node take over at once, and needs the network.",
    after: [
      "network.target",
      ...(isBalancer(provider) ? [serviceName(provider)] : []),
      ...(hasDedicatedBalancers(spec) ? [] : ["containerd.service", "crio.service", "kubelet.service"]),
    ],
    service: [
      "Type=simple",
      ...comment("The drain flag lives there; keepalived can only watch for it in a directory that exists."),
      "RuntimeDirectory=kubeadm-ha",
      "RuntimeDirectoryMode=0700",
      "RuntimeDirectoryPreserve=yes",
      ...(isDirector
        ? [
            ...comment("keepalived may load no module by itself here."),
            "ExecStartPre=+/usr/sbin/modprobe --all ip_vs ip_vs_lc",
            `ExecStartPre=+/usr/sbin/sysctl --quiet --load=${sysctlPath}`,
          ]
        : []),
      ...(needsForwarding(spec)
        ? [
            ...comment(
              "Also where it is written after the machine has booted; without it keepalived works all the same.",
            ),
            `ExecStartPre=-+/usr/sbin/sysctl --quiet --load=${sysctlPath}`,
          ]
        : []),
      ...comment("Its lines go to the journal by stdout; by syslog they would come there twice."),
      `ExecStart=/usr/sbin/keepalived --dont-fork --no-syslog --log-console --log-detail --vrrp${isDirector ? ` --check --checkers_pid=${runDirectory}/keepalived-checkers.pid` : ""} --pid=${runDirectory}/keepalived.pid --vrrp_pid=${runDirectory}/keepalived-vrrp.pid -f ${keepalivedConfigPath}`,
      "ExecReload=/bin/kill -HUP $MAINPID",
      ...comment("Soon: a keepalived that was killed leaves the virtual IP behind, and removes it when it starts."),
      "RestartSec=200ms",
      "TimeoutStopSec=10s",
    ],
    // SETGID is for the check: without it keepalived cannot start the script and counts that as success.
    capabilities: ["NET_ADMIN", "NET_RAW", "SETGID", ...(spec.keepalived.realtimePriority > 0 ? ["SYS_NICE"] : [])],
    noNewPrivileges: spec.host.family === "debian",
  };
}
