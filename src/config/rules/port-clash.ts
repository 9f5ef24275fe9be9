import type { Problem, Rule } from "../rule.ts";
import { type ClusterSpec, hasDedicatedBalancers, runsLoadBalancer } from "../spec.ts";

/** Ports that kubeadm's own programs have on a control-plane node. */
const kubernetesPorts: Readonly<Record<number, string>> = {
  2379: "etcd (clients)",
  2380: "etcd (peers)",
  2381: "etcd (metrics)",
  10248: "kubelet (health)",
  10249: "kube-proxy (metrics)",
  10250: "kubelet",
  10256: "kube-proxy (health)",
  10257: "kube-controller-manager",
  10259: "kube-scheduler",
};

/** Two programs cannot listen on one port of one host. */
export const portClash: Rule = {
  id: "port-clash",
  summary: "The API server, the load balancer, its health port and kube-vip's metrics have ports of their own.",
  reason:
    "they share the hosts' network: kubeadm's preflight stops with [ERROR Port-…], or the second program never starts",
  check: (spec) => {
    const ours = listeners(spec);
    return ours.flatMap((listener, index) => {
      const earlier = ours.slice(0, index).find(({ port }) => port === listener.port);
      if (earlier !== undefined) return [shared(listener, earlier)];
      const owner = kubernetesPorts[listener.port];
      const message = `${listener.port} as ${listener.what} is the port of ${owner}`;
      return owner === undefined
        ? []
        : [{ severity: "error" as const, path: listener.path, message, remedy: "choose another port" }];
    });
  },
};

interface Listener {
  readonly port: number;
  readonly path: string;
  readonly what: string;
}

function listeners(spec: ClusterSpec): readonly Listener[] {
  const { apiServerPort, loadBalancer, virtualIP, kubeVip } = spec;
  const metrics = virtualIP.provider === "kube-vip" ? Number(/:(\d+)$/.exec(kubeVip.metricsAddress)?.[1] ?? 0) : 0;
  const { port, healthPort } = loadBalancer;
  // Balancers on machines of their own share them with nobody.
  if (hasDedicatedBalancers(spec))
    return [
      { port, path: "loadBalancer.port", what: "the load balancer's port" },
      { port: healthPort, path: "loadBalancer.healthPort", what: "the health port" },
    ];
  return [
    { port: apiServerPort, path: "localAPIEndpoint.bindPort", what: "the API server's port" },
    ...(runsLoadBalancer(spec)
      ? [
          { port, path: "loadBalancer.port", what: "the load balancer's port" },
          { port: healthPort, path: "loadBalancer.healthPort", what: "the health port" },
        ]
      : []),
    ...(metrics === 0
      ? []
      : [{ port: metrics, path: "kubeVip.metricsAddress", what: "the port of kube-vip's metrics" }]),
  ];
}

function shared({ port, path }: Listener, owner: Listener): Problem {
  const message = `${port} is also ${owner.what}`;
  if (path === "loadBalancer.healthPort")
    return { severity: "error", path, message, remedy: "leave it out: 8405 is used" };
  if (path !== "loadBalancer.port")
    return { severity: "error", path, message, remedy: "choose another port, such as :2112" };
  const free = port === 8443 ? 16443 : 8443;
  const move =
    port === 6443
      ? "use 8443 here, with redirectFrom: 6443 if clients expect that port, or move the API servers: --apiserver-bind-port 9443"
      : `choose another port, such as ${free}`;
  return {
    severity: "error",
    path,
    message: `${message} on the same hosts ([ERROR Port-${port}] in kubeadm's preflight)`,
    remedy: `${move}; the endpoint's port must be the same`,
  };
}
