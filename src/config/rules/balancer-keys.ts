import type { DraftRule, Problem } from "../rule.ts";
import type { HAConfiguration } from "../schema.ts";

/** What is set has an effect. */
export const balancerKeys: DraftRule = {
  id: "balancer-keys",
  summary: "Settings of haproxy or nginx stand beside that program.",
  reason:
    "nginx has no active checks (health_check is commercial: https://nginx.org/en/docs/stream/ngx_stream_upstream_hc_module.html), so an interval that is written for it would be a setting that silently does not hold",
  check: (configuration) =>
    (["haproxy", "nginx"] as const).flatMap((program): readonly Problem[] => {
      const keys = Object.keys(configuration[program] ?? {});
      const provider = configuration.loadBalancer?.provider ?? "none";
      if (settingsHold(configuration, program)) return [];
      return keys.map((key) => ({
        severity: "error",
        path: `${program}.${key}`,
        message: `has no effect: loadBalancer.provider is ${provider}${program === "haproxy" && activeCheck.test(key) ? ", which has no active checks" : ""}`,
        remedy: `remove the key, or use loadBalancer.provider ${program}`,
      }));
    }),
};

/** Whether the settings of a balancer may stand there; those of haproxy may while there is no balancer at all. */
export function settingsHold({ loadBalancer, workerProxy }: HAConfiguration, program: "haproxy" | "nginx"): boolean {
  if (loadBalancer?.provider === program || workerProxy?.provider === program) return true;
  return program === "haproxy" && loadBalancer?.provider !== "nginx";
}

const activeCheck = /^(?:check|fast|fall|rise)/;
