import { describe, expect, it } from "vitest";

import { run } from "../../src/rehearse/lab/space.ts";
import { eventually } from "../../src/rehearse/lab/wait.ts";
import { answers, oneHolder } from "./support/ask.ts";
import { example } from "./support/case.ts";
import { testOfCutAndHeal } from "./support/cut-and-heal.ts";
import { testsOfEveryCluster } from "./support/holds.ts";
import { testOfLeavingHolder } from "./support/node-leaves.ts";
import { runningCluster } from "./support/running.ts";

describe("keepalived with haproxy", () => {
  const wanted = example("keepalived-haproxy");
  const running = runningCluster(wanted);
  testsOfEveryCluster(wanted, running);
  testOfCutAndHeal(running);

  // A pid file that outlives the container would keep it from starting for ever, and its address would stay.
  it("has keepalived back after it was killed in its pod, and its address on one node", async () => {
    const { cluster } = running();
    const holder = cluster.node(await oneHolder(cluster));
    const before = await keepalived(holder.space);
    expect(before).not.toBe("");
    expect(await run(holder.space, ["pkill", "-KILL", "-x", "keepalived"])).toMatchObject({ status: 0 });
    await eventually("another keepalived in the pod", 120, async () => {
      const now = await keepalived(holder.space);
      return (now !== "" && now !== before) || undefined;
    });
    await oneHolder(cluster);
    await answers(cluster);
    // It stays so: a keepalived that gave up would be started again and again.
    const after = await keepalived(holder.space);
    const restarts = "jsonpath={.status.containerStatuses[*].restartCount}";
    const pod = ["-n", "kube-system", "get", "pod", `keepalived-${holder.name}`, "-o", restarts];
    await eventually("the restart is known", 60, async () => (await cluster.kubectl(pod)).stdout === "1" || undefined);
    expect(await keepalived(holder.space)).toBe(after);
  });

  // Lost are the connections that are open when the address moves, and those on their way to the API server that
  // kubeadm reset kills without a word, of which there are two at most; none to an address that nobody has.
  testOfLeavingHolder(running, ({ requests, failures, blackout }) => {
    expect(requests).toBeGreaterThan(20);
    expect(failures.map(({ outcome }) => outcome).filter((outcome) => outcome !== "reset")).toEqual([]);
    expect(failures.length).toBeLessThanOrEqual(3);
    // What was in flight when the address moved; nothing when the API server goes, seconds later.
    const starts = failures.map(({ start }) => start);
    expect(starts.filter((start) => start - Math.min(...starts) > 2)).toEqual([]);
    expect(blackout).toBeLessThan(5);
  });
});

async function keepalived(space: Parameters<typeof run>[0]): Promise<string> {
  return (await run(space, ["pgrep", "-o", "-x", "keepalived"])).stdout.trim();
}
