import type { Command } from "./command.ts";
import { rootOf } from "./node-root.ts";

export const reset: Command = {
  name: "reset",
  summary: "on a node: remove what prepare wrote, and a virtual IP left behind",
  options: ["dry-run", "force", "rootfs"],
  examples: ["kubeadm-ha reset --dry-run"],
  run: async ({ options, io }) => {
    const apply = await import("../apply/reset.ts");
    return apply.reset(
      { root: rootOf(options, io), dryRun: options["dry-run"] === true, force: options.force === true },
      io,
    );
  },
};
