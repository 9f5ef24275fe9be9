import type { Problem, Rule } from "../rule.ts";
import { hasDedicatedBalancers, isBalancer } from "../spec.ts";

/** Further ports have a balancer that can listen on them. */
export const extraPorts: Rule = {
  id: "extra-ports",
  summary: "extraPorts are served by load-balancer nodes of their own, each once, beside the balancer's own ports.",
  reason:
    "the balancer leads them to the same port of the control-plane nodes; where it runs on those, the port is taken there by what it would lead to, and the virtual IP reaches that of its holder without any balancer",
  check: (spec) => {
    const [first] = spec.extraPorts;
    if (first === undefined) return [];
    if (spec.loadBalancer.provider === "lvs")
      return [error("extraPorts", `${first} cannot be served: lvs leads the API's port only`, "use haproxy or nginx")];
    if (!hasDedicatedBalancers(spec) || !isBalancer(spec.loadBalancer.provider))
      return [
        error(
          "extraPorts",
          `${first} cannot be served: there are no load-balancer nodes, and on a control-plane node the port is its own`,
          "remove the key, or give haproxy or nginx machines of their own (role: load-balancer)",
        ),
      ];
    const { port, healthPort } = spec.loadBalancer;
    return spec.extraPorts.flatMap((extra, index) => {
      const path = `extraPorts[${index}]`;
      if (extra === port || extra === healthPort)
        return [error(path, `${extra} is the load balancer's ${extra === port ? "port" : "health port"}`, "remove it")];
      return spec.extraPorts.indexOf(extra) < index ? [error(path, `${extra} stands there twice`, "remove it")] : [];
    });
  },
};

function error(path: string, message: string, remedy: string): Problem {
  return { severity: "error", path, message, remedy };
}
