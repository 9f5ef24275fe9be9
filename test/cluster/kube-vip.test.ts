import { describe, expect, it } from "vitest";

import { mustShell } from "../../scripts/cluster-lab/node.ts";
import { oneHolder } from "./support/ask.ts";
import { example } from "./support/cases.ts";
import { testOfCutAndHeal } from "./support/cut-and-heal.ts";
import { testsOfEveryCluster } from "./support/holds.ts";
import { testOfLeavingHolder } from "./support/node-leaves.ts";
import { runningCluster } from "./support/running.ts";

describe("kube-vip", () => {
  const running = runningCluster(example("kube-vip"));
  testsOfEveryCluster(running);

  it("has given super-admin.conf back", async () => {
    const { cluster } = running();
    await oneHolder(cluster);
    for (const node of cluster.nodes)
      expect(await mustShell(node, "cat /etc/kubernetes/manifests/kube-vip.yaml"), node.name).not.toContain(
        "path: /etc/kubernetes/super-admin.conf",
      );
  });

  testOfCutAndHeal(running);

  testOfLeavingHolder(running, ({ blackout }) => expect(blackout).toBeGreaterThan(0));
});
