import { ExitCode } from "../errors.ts";
import type { Command } from "./command.ts";

export const explain: Command = {
  name: "explain",
  arguments: "<name>",
  summary: "tell what a configuration key, a rule, a fault, a preflight check or a phase is about",
  options: [],
  examples: ["kubeadm-ha explain loadBalancer.port", "kubeadm-ha explain port-clash", "kubeadm-ha explain Port-8443"],
  // All rules are loaded for it: `render` starts without them.
  run: async ({ arguments: [name = ""], io }) => {
    const { explanation } = await import("./explanation.ts");
    io.out(explanation(name));
    return ExitCode.ok;
  },
};
