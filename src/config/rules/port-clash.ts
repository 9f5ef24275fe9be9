import type { Problem, Rule } from "../rule.ts";

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
  summary: "The load balancer, its health port and the API server have ports of their own.",
  reason:
    "they share the hosts' network: kubeadm's preflight stops with [ERROR Port-6443], or the second program never starts",
  check: (spec) => {
    if (spec.loadBalancer.provider === "none")
      return clash(spec.apiServerPort, "localAPIEndpoint.bindPort", "the API server's port");
    const { port, healthPort } = spec.loadBalancer;
    const same = (a: number, b: number, problem: Omit<Problem, "severity">): readonly Problem[] =>
      a === b ? [{ severity: "error", ...problem }] : [];
    return [
      ...same(port, spec.apiServerPort, {
        path: "loadBalancer.port",
        message: `${port} is also the API server's port on the same hosts ([ERROR Port-${port}] in kubeadm's preflight)`,
        remedy:
          port === 6443
            ? "use 8443 here, or move the API servers: --apiserver-bind-port 9443"
            : "choose another port, such as 8443",
      }),
      ...same(healthPort, port, {
        path: "loadBalancer.healthPort",
        message: `${healthPort} is also the load balancer's port`,
        remedy: "leave it out: 8405 is used",
      }),
      ...same(healthPort, spec.apiServerPort, {
        path: "loadBalancer.healthPort",
        message: `${healthPort} is also the API server's port`,
        remedy: "leave it out: 8405 is used",
      }),
      ...clash(port, "loadBalancer.port", "the load balancer's port"),
      ...clash(healthPort, "loadBalancer.healthPort", "the health port"),
      ...clash(spec.apiServerPort, "localAPIEndpoint.bindPort", "the API server's port"),
    ];
  },
};

function clash(port: number, path: string, what: string): readonly Problem[] {
  const owner = kubernetesPorts[port];
  return owner === undefined
    ? []
    : [
        {
          severity: "error",
          path,
          message: `${port} as ${what} is the port of ${owner}`,
          remedy: "choose another port",
        },
      ];
}
