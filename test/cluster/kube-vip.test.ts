import { describe, expect, it } from "vitest";

import { clientsDuring } from "../../scripts/cluster-lab/measure.ts";
import { mustShell } from "../../scripts/cluster-lab/node.ts";
import type { RunbookStep } from "../../scripts/cluster-lab/runbook.ts";
import { answers, oneHolder } from "./support/ask.ts";
import { example } from "./support/case.ts";
import { testOfCutAndHeal } from "./support/cut-and-heal.ts";
import { testsOfEveryCluster } from "./support/holds.ts";
import { testOfLeavingHolder } from "./support/node-leaves.ts";
import { runningCluster } from "./support/running.ts";

describe("kube-vip", () => {
  const wanted = { ...example("kube-vip"), leaveOut: ({ command }: RunbookStep) => command.endsWith("finalize.sh") };
  const running = runningCluster(wanted);

  it("gives super-admin.conf back by finalize.sh, and answers again", async () => {
    const { cluster } = running();
    const holder = await oneHolder(cluster);
    const figures = await clientsDuring(cluster, () =>
      mustShell(cluster.node("cp1"), "sh /etc/kubeadm-ha/finalize.sh"),
    );
    process.stderr.write(`finalize with the virtual IP on ${holder}: ${JSON.stringify(figures)}\n`);
    expect(figures.blackout).toBeLessThan(givenBack);
    await answers(cluster);
    await oneHolder(cluster);
    for (const node of cluster.nodes)
      expect(await mustShell(node, "cat /etc/kubernetes/manifests/kube-vip.yaml"), node.name).not.toContain(
        "path: /etc/kubernetes/super-admin.conf",
      );
  });

  testsOfEveryCluster(wanted, running);
  testOfCutAndHeal(running);

  testOfLeavingHolder(running, ({ blackout }) => expect(blackout).toBeLessThan(givenBack));
});

// Seconds: a holder that is told to end gives its lease back, and another node tries again within 2.2 of its periods of 1 s;
// the rest is this machine's.
const givenBack = 3.5;
