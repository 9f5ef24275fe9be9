import type { ClusterSpec } from "../../config/spec.ts";
import { comment } from "../../render/text.ts";
import type { ServiceUnit } from "../service-unit.ts";
import { nginxConfigPath, nginxDrainSeconds } from "./config.ts";

/** nginx as a service of systemd, with the distribution's program and our files. */
export function nginxService(spec: ClusterSpec): ServiceUnit {
  const isPrivileged = [spec.loadBalancer.port, ...spec.extraPorts].some((port) => port < 1024);
  return {
    name: "nginx",
    description: "Load balancer of the Kubernetes API (nginx, kubeadm-ha)",
    whyAfter: "Stopped before the network, so that connections end in an orderly way.",
    after: ["network.target"],
    service: [
      "Type=simple",
      `User=${spec.host.family === "debian" ? "www-data" : "nginx"}`,
      ...(isPrivileged ? ["AmbientCapabilities=CAP_NET_BIND_SERVICE"] : []),
      `ExecStart=/usr/sbin/nginx -e stderr -c ${nginxConfigPath} -g "daemon off;"`,
      `ExecReload=/usr/sbin/nginx -e stderr -t -q -c ${nginxConfigPath}`,
      "ExecReload=/bin/kill -HUP $MAINPID",
      ...comment("Takes no new connections and lets the others end; keepalived sees it and hands the virtual IP over."),
      "KillSignal=SIGQUIT",
      `TimeoutStopSec=${2 * nginxDrainSeconds}s`,
      "RestartSec=500ms",
      "LimitNOFILE=20000",
    ],
    capabilities: isPrivileged ? ["NET_BIND_SERVICE"] : [],
    noNewPrivileges: true,
  };
}
