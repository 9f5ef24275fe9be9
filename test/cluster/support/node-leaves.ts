import { expect, it } from "vitest";

import { mustShell } from "../../../scripts/cluster-lab/node.ts";
import { clientsDuring, type Noticed } from "../../../scripts/cluster-lab/measure.ts";
import { answers, oneHolder } from "./ask.ts";
import type { Running } from "./running.ts";

/** That the holder leaves the cluster as the documentation says, and what clients notice. */
export function testOfLeavingHolder(running: () => Running, judge: (figures: Noticed) => void): void {
  // The last of a file: the cluster has a node less afterwards.
  it("loses its holder to kubeadm-ha reset and kubeadm reset, without an address left behind", async () => {
    const { cluster } = running();
    await answers(cluster);
    const holder = cluster.node(await oneHolder(cluster));
    const figures = await clientsDuring(cluster, async () => {
      const said = await mustShell(holder, "kubeadm-ha reset --force");
      const steps = [...said.matchAll(/^ {2}(.*)$/gm)].map(([, command = ""]) => command);
      expect(steps.at(-1)).toBe("kubeadm reset");
      await mustShell(holder, `set -e\n${steps.join("\n")} --force`);
    });
    process.stderr.write(`reset: ${JSON.stringify(figures)}\n`);
    expect(await oneHolder(cluster)).not.toBe(holder.name);
    await answers(cluster);
    const addresses = await mustShell(holder, "ip -brief address show");
    for (const address of cluster.setup.virtualIPs) expect(addresses).not.toContain(`${address}/`);
    expect(await mustShell(holder, "ls -A /etc/kubernetes/manifests")).toBe("");
    judge(figures);
  });
}
