import type { V1Pod } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";

import { connectToNothing } from "./lab/network.ts";
import { createSpace, type Result, run, type Space } from "./lab/space.ts";
import { type Configuration, exampleConfigurations, threeNodes } from "./support/configurations.ts";
import { distinct, twoAtATime } from "./support/each.ts";
import { oracle, requireSystem } from "./support/programs.ts";
import { fileText, render } from "./support/render.ts";

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
    const [pod] = pods(golden[name]);
    if (pod === undefined) throw new Error("no pod");
    await expect(await understood(pod)).toMatchFileSnapshot(`golden/kube-vip-${name}.json`);
  });

  it("for every node of every example: no error, and no variable that it does not read", async () => {
    const all = distinct([...Object.values(golden), ...exampleConfigurations()].flatMap(pods), ({ env, args }) => [
      env,
      args,
    ]);
    expect(all.length).toBeGreaterThan(5);
    const answers = await twoAtATime(
      all,
      async (pod) => JSON.parse(await understood(pod)) as { error?: string; unreadEnvironment: readonly string[] },
    );
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
    const [pod] = pods(golden[name]);
    if (pod === undefined) throw new Error("no pod");
    // Without a kubeconfig it ends by itself, after its metrics server is up.
    const { stdout, stderr } = await runKubeVip("kube-vip-v1.2.1", pod, pod.args);
    expect(stdout + stderr).toContain("new manager");
    expect((stdout + stderr).includes(started)).toBe(expected);
  });
});

/** What of a pod reaches kube-vip. */
interface KubeVipPod {
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

function pods(configuration: Configuration | undefined): readonly KubeVipPod[] {
  if (configuration === undefined) return [];
  return render(configuration).nodes.flatMap((node) => {
    const manifest = fileText(node, "/etc/kubernetes/manifests/kube-vip.yaml");
    return manifest === undefined ? [] : [podOf(parse(manifest) as V1Pod, node.node.name)];
  });
}

function podOf({ spec }: V1Pod, nodeName: string): KubeVipPod {
  const { args = [], env = [] } = spec?.containers[0] ?? {};
  const entries = env.map(({ name, value, valueFrom }) => {
    const field = valueFrom?.fieldRef?.fieldPath;
    if (value === undefined && field !== "spec.nodeName")
      throw new Error(`${name} has neither a value nor the node's name`);
    return [name, value ?? nodeName] as const;
  });
  if (new Set(env.map(({ name }) => name)).size < env.length) throw new Error("a variable occurs twice");
  return { env: Object.fromEntries(entries), args };
}

/** kube-vip's own parser says what it takes from the environment. */
async function understood(pod: KubeVipPod): Promise<string> {
  const { stdout, stderr } = await runKubeVip("kube-vip-config-v1.2.1", pod, []);
  if (stderr !== "") throw new Error(stderr);
  return `${JSON.stringify({ args: pod.args, ...(JSON.parse(stdout) as object) }, undefined, 2)}\n`;
}

/** Only the pod's variables are in its environment. */
function runKubeVip(program: string, { env }: KubeVipPod, args: readonly string[]): Promise<Result> {
  const assignments = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return run(space, ["env", "--ignore-environment", ...assignments, oracle(program), ...args]);
}
