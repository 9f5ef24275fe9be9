import type { ClusterSpec } from "../../config/spec.ts";
import { comment } from "../../render/text.ts";
import type { ServiceUnit } from "../service-unit.ts";
import { haproxyConfigPath } from "./config.ts";

/** haproxy as a service of systemd, with the distribution's program and our files. */
export function haproxyService(spec: ClusterSpec): ServiceUnit {
  const { drainTimeout, maxConnections } = spec.haproxy;
  return {
    name: "haproxy",
    description: "Load balancer of the Kubernetes API (haproxy, kubeadm-ha)",
    whyAfter: "Stopped before the network, so that connections end in an orderly way.",
    after: ["network.target"],
    service: [
      "Type=notify",
      `ExecStart=/usr/sbin/haproxy -Ws -f ${haproxyConfigPath}`,
      `ExecReload=/usr/sbin/haproxy -c -q -f ${haproxyConfigPath}`,
      "ExecReload=/bin/kill -USR2 $MAINPID",
      ...comment("Takes no new connections and lets the others end; keepalived sees it and hands the virtual IP over."),
      "KillSignal=SIGUSR1",
      `TimeoutStopSec=${Math.ceil(drainTimeout / 1000) + 15}s`,
      ...comment("What the master ends with after SIGUSR1 and SIGTERM."),
      "SuccessExitStatus=138 143",
      "RestartSec=500ms",
      ...comment("Two for a connection, and some for checks."),
      `LimitNOFILE=${2 * maxConnections + 1000}`,
    ],
    // NET_RAW binds `transparent`, SETUID and SETGID let the workers give up root, KILL lets the master signal them.
    capabilities: ["NET_RAW", "NET_BIND_SERVICE", "SETUID", "SETGID", "KILL"],
    noNewPrivileges: spec.host.family === "debian",
  };
}
