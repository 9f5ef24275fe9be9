import { reportFormatNames } from "../report/report.ts";
import type { Command } from "./command.ts";
import { configurationOptions } from "./options.ts";

export const rehearse: Command = {
  name: "rehearse",
  arguments: "[path]",
  summary: "run the cluster's programs on this machine, break things and measure what clients notice; needs root",
  options: [...configurationOptions, "faults", "repetitions", "holder", "as", "format", "samples"],
  formats: reportFormatNames,
  examples: [
    "kubeadm-ha rehearse",
    "kubeadm-ha rehearse --failover fast --faults balancer-killed,holder-cut",
    "kubeadm-ha rehearse --repetitions 3 --samples rehearsal.jsonl --format markdown out",
  ],
  // What makes machines and breaks them is loaded when it runs: `render` starts without it.
  run: async (invocation) => (await import("./run-rehearse.ts")).runRehearse(invocation),
};
