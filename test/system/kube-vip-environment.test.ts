import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { connectToNothing } from "./lab/network.ts";
import { createSpace, type Space } from "./lab/space.ts";
import { type Configuration, exampleConfigurations, threeNodes } from "./support/configurations.ts";
import { distinct, twoAtATime } from "./support/each.ts";
import { type KubeVipPod, kubeVipPods, runKubeVip, understood } from "./support/kube-vip.ts";
import { requireSystem } from "./support/programs.ts";

const alone = { virtualIP: "kube-vip", loadBalancer: "none" } as const;
const golden: Readonly<Record<string, Configuration>> = {
  ipv4: threeNodes("ipv4", alone),
  ipv6: threeNodes("ipv6", alone),
  "dual-stack": threeNodes("dual-stack", alone),
  "metrics-off": threeNodes("ipv4", alone, 'kubeVip: {metricsAddress: ""}\n'),
  "beside-haproxy": threeNodes("ipv4", { virtualIP: "kube-vip", loadBalancer: "haproxy" }),
};

let space: Space;
beforeAll(async () => {
  requireSystem();
  space = await createSpace("kube-vip");
  await connectToNothing(space, { interface: "eth0", addresses: ["192.168.10.11/24"] });
});
afterAll(() => space.stop());

describe("kube-vip v1.2.1 understands the pod that is rendered", () => {
  it.each(Object.keys(golden))("%s: its configuration is the one on record", async (name) => {
    const [pod] = kubeVipPods(golden[name]);
    if (pod === undefined) throw new Error("no pod");
    await expect(await recorded(pod)).toMatchFileSnapshot(`golden/kube-vip-${name}.json`);
  });

  it("for every node of every example: no error, and no variable that it does not read", async () => {
    const all = distinct(
      [...Object.values(golden), ...exampleConfigurations()].flatMap(kubeVipPods),
      ({ env, args }) => [env, args],
    );
    expect(all.length).toBeGreaterThan(5);
    const answers = await twoAtATime(all, (pod) => understood(space, "v1.2.1", pod));
    for (const { error, unreadEnvironment } of answers)
      expect({ error, unreadEnvironment }).toEqual({ error: undefined, unreadEnvironment: [] });
  });
});

describe("kube-vip v1.2.1 itself", () => {
  const started = "prometheus HTTP server started";

  it.each([
    ["serves metrics by default", "ipv4", true],
    ["serves none when the configuration says so", "metrics-off", false],
  ])("%s", async (_, name, expected) => {
    const [pod] = kubeVipPods(golden[name]);
    if (pod === undefined) throw new Error("no pod");
    // Without a kubeconfig it ends by itself, after its metrics server is up.
    const { stdout, stderr } = await runKubeVip(space, "kube-vip-v1.2.1", pod);
    expect(stdout + stderr).toContain("new manager");
    expect((stdout + stderr).includes(started)).toBe(expected);
  });
});

/** The record of a pod: its arguments, and what kube-vip's own parser takes from its environment. */
async function recorded(pod: KubeVipPod): Promise<string> {
  return `${JSON.stringify({ args: pod.args, ...(await understood(space, "v1.2.1", pod)) }, undefined, 2)}\n`;
}
