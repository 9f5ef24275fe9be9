import type { Command } from "./command.ts";
import { configurationOptions } from "./options.ts";

// What these commands need of the outside is loaded when they run: `render` asks for files only.

export const prepare: Command = {
  name: "prepare",
  arguments: "[...phase]",
  summary: "on a node: check it, write its files, and tell what to type next",
  options: [
    ...configurationOptions,
    "node-name",
    "init",
    "join",
    "join-command-file",
    "ca-cert",
    "skip-phases",
    "ignore-preflight-errors",
    "adopt",
    "dry-run",
    "rootfs",
  ],
  examples: [
    "kubeadm-ha prepare --config ha.yaml",
    "kubeadm-ha prepare --dry-run",
    "kubeadm-ha prepare phase preflight --config ha.yaml",
  ],
  run: async (invocation) => (await import("./run-prepare.ts")).runPrepare(invocation),
};

export const preflight: Command = {
  name: "preflight",
  summary: "on a node: only check whether it can be prepared",
  options: [...configurationOptions, "node-name", "init", "join", "ignore-preflight-errors", "adopt", "rootfs"],
  examples: ["kubeadm-ha preflight --config ha.yaml"],
  run: async (invocation) => (await import("./run-prepare.ts")).runPreflight(invocation),
};
