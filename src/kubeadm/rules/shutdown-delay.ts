import type { Rule } from "../../config/rule.ts";
import { shutdownDelayText } from "../cluster-configuration.ts";
import { goSeconds } from "../go-duration.ts";
import { argumentAt, problemAt } from "./at.ts";

/** The API server must be done with stopping before the kubelet kills it. */
export const shutdownDelay: Rule = {
  id: "kubeadm-shutdown-delay",
  summary: "shutdown-delay-duration is a Go duration below the 30 s of grace of the API server's pod",
  reason:
    "the kubelet kills the pod after its grace period: a longer delay cuts every request instead of ending them (https://github.com/kubernetes/kubernetes/pull/88954)",
  check(spec) {
    const argument = argumentAt(spec, "apiServer", "shutdown-delay-duration");
    if (argument === undefined) return [];
    const seconds = goSeconds(argument.value);
    const remedy = `write ${shutdownDelayText}, or remove it: ${shutdownDelayText} is added`;
    if (seconds === undefined)
      return [problemAt(argument, { severity: "error", message: `"${argument.value}" is not a Go duration`, remedy })];
    return seconds >= 30
      ? [
          problemAt(argument, {
            severity: "error",
            message: `${argument.value} is not below the 30 s after which the kubelet kills the pod`,
            remedy,
          }),
        ]
      : [];
  },
};
