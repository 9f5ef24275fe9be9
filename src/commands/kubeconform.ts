import { type FlagDefinition, kubeconformFlags } from "../kubeconform/flags.ts";
import type { Command } from "./command.ts";

export const kubeconform: Command = {
  name: "kubeconform",
  arguments: "[...paths]",
  summary: "check manifests by their schemas alone, with kubeconform's flags, answer and exit codes; without a network",
  options: [],
  ownFlags: Object.entries<FlagDefinition>(kubeconformFlags).map(([name, { value, summary }]) => ({
    name: `-${name}`,
    synopsis: value === undefined ? `-${name}` : `-${name} ${value}`,
    summary,
  })),
  examples: [
    "kubeadm-ha kubeconform -strict -summary manifests",
    "kubeadm-ha kubeconform -output json -kubernetes-version 1.36.3 - < pod.yaml",
  ],
  // What reads all those files is loaded when it runs: `render` starts without it.
  run: async (invocation) => (await import("./run-kubeconform.ts")).runKubeconform(invocation),
};
