import { reportFormatNames } from "../report/report.ts";
import type { Command } from "./command.ts";
import { configurationOptions } from "./options.ts";

export const predict: Command = {
  name: "predict",
  arguments: "[path]",
  summary: "compute how long each fault will hurt, what decides it and what would shorten it, from files alone",
  options: [...configurationOptions, "faults", "format"],
  formats: reportFormatNames,
  examples: [
    "kubeadm-ha predict",
    "kubeadm-ha predict --failover fast --faults balancer-killed,holder-cut",
    "kubeadm-ha predict --format json /etc/keepalived",
  ],
  // What reads files of any origin is loaded when it runs: `render` starts without it.
  run: async (invocation) => (await import("./run-predict.ts")).runPredict(invocation),
};
