import { hitAt } from "../hit.ts";
import type { Hit } from "../rule.ts";
import { environmentPart, isBefore, type KubeVip, settingNumber, settingPart } from "./instance.ts";
import { kubeVipRule } from "./kube-vip-rule.ts";

export const KV14 = kubeVipRule({
  id: "KV14",
  name: "ports",
  severity: "error",
  summary: "health_check_port is not set, or 1024 and above; metrics are not for everybody.",
  reason:
    "kube-vip ends on a health port below 1024; since v1.1.0 the health server outlives a lost election, and says OK while the process hangs: https://github.com/kube-vip/kube-vip/blob/v1.2.3/pkg/manager/manager.go",
  remedy: "remove health_check_port",
  check: (kubeVip) => [...healthProblems(kubeVip), ...metricsProblems(kubeVip)],
});

function healthProblems(kubeVip: KubeVip): readonly Hit[] {
  const port = settingNumber(kubeVip, "health_check_port");
  if (port === undefined) return [];
  const part = settingPart(kubeVip, "health_check_port");
  // The flag may be 0 for none, the variable may not.
  if (port < 1024)
    return port === 0 && kubeVip.flags.get("healthCheckPort")?.path === part.path
      ? []
      : [hitAt(part, `health_check_port ${port} is below 1024, and kube-vip does not start with it`)];
  return isBefore(kubeVip, "v1.1.0")
    ? []
    : [
        hitAt(part, `with health_check_port ${port} kube-vip can hang without the virtual IP and say that it is well`, {
          severity: "warning",
        }),
      ];
}

function metricsProblems(kubeVip: KubeVip): readonly Hit[] {
  const setting = kubeVip.settings.get("prometheus_server");
  if (setting === undefined)
    return kubeVip.isComplete
      ? [
          hitAt(
            environmentPart(kubeVip.container),
            "metrics are served on port 2112 of all addresses, to everybody",
            openMetrics,
          ),
        ]
      : [];
  const isFlag = kubeVip.flags.get("prometheusHTTPServer")?.path === setting.part.path;
  if (setting.isReference || (isFlag && setting.value === "")) return [];
  if (setting.value === "")
    return [
      hitAt(
        setting.part,
        "an empty prometheus_server is ignored: metrics stay on port 2112 of all addresses",
        openMetrics,
      ),
    ];
  return /^(?:0\.0\.0\.0|\[::\]|\*)?:\d+$/.test(setting.value)
    ? [hitAt(setting.part, `metrics are served at ${setting.value} on all addresses, to everybody`, openMetrics)]
    : [];
}

// Ours serves them so too: Prometheus asks from another node.
const openMetrics = {
  severity: "info",
  remedy: 'leave it behind a firewall, use 127.0.0.1:2112, or add the arguments --prometheusHTTPServer and ""',
} as const;
