import type { Command } from "./command.ts";
import { rootOf } from "./node-root.ts";

export const finalize: Command = {
  name: "finalize",
  summary: "on the first node, after the joins: kube-vip gives super-admin.conf back",
  options: ["no-wait", "rootfs"],
  examples: ["kubeadm-ha finalize"],
  run: async ({ options, io }) => {
    const operate = await import("../operate/finalize.ts");
    return operate.finalize({ root: rootOf(options, io), wait: options["no-wait"] !== true }, io);
  },
};
