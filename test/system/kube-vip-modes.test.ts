import { isDeepStrictEqual } from "node:util";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { byOwnAddress, kubeVipModes, sinceV122, withRelease } from "../support/kube-vip-clusters.ts";
import { connectToNothing } from "./lab/network.ts";
import { createSpace, type Space } from "./lab/space.ts";
import type { Configuration } from "./support/configurations.ts";
import { distinct, twoAtATime } from "./support/each.ts";
import { kubeVipPods, understood } from "./support/kube-vip.ts";
import { requireSystem } from "./support/programs.ts";

// client-go's variables, which the parser of kube-vip has no part in.
const ofClient = new Set(["KUBERNETES_SERVICE_HOST", "KUBERNETES_SERVICE_PORT"]);

let space: Space;
beforeAll(async () => {
  requireSystem();
  space = await createSpace("kube-vip-modes");
  await connectToNothing(space, { interface: "eth0", addresses: ["192.168.10.11/24"] });
});
afterAll(() => space.stop());

describe.each([
  ["v1.2.1", kubeVipModes],
  // It finds its API server by the node's address only, and loses addresses of names: it is refused there.
  [
    "v1.2.2",
    Object.fromEntries(
      Object.entries({ ...kubeVipModes, ...sinceV122 })
        .filter(([name]) => !/^d?dns$/.test(name))
        .map(([name, text]) => [name, byOwnAddress(text)]),
    ),
  ],
])("kube-vip %s in every mode", (release, modes) => {
  it("reads every variable, and its configuration is the one on record", async () => {
    const defaults = await understood(space, release, { env: {} });
    const record: Record<string, unknown> = {};
    for (const [name, text] of Object.entries(modes)) {
      const pods = distinct(kubeVipPods(configuration(name, withRelease(text, release))), ({ env, args }) => [
        env,
        args,
      ]);
      expect(pods.length, name).toBeGreaterThan(0);
      const answers = await twoAtATime(pods, (pod) => understood(space, release, pod));
      for (const [index, { error, unreadEnvironment }] of answers.entries()) {
        const unread = unreadEnvironment.filter((variable) => !ofClient.has(variable));
        expect({ name, index, error, unread }).toEqual({ name, index, error: undefined, unread: [] });
      }
      // The first node says what there is to say; the others differ in their own addresses.
      record[name] = pods.flatMap(({ args, env }, index) =>
        env["vip_nodename"] === "cp1"
          ? [{ args, config: differing(answers[index]?.config ?? {}, defaults.config) }]
          : [],
      );
    }
    await expect(`${JSON.stringify(record, undefined, 2)}\n`).toMatchFileSnapshot(
      `golden/kube-vip-modes-${release}.json`,
    );
  });
});

function configuration(name: string, text: string): Configuration {
  return { name, text, kubeadm: () => undefined };
}

/** What differs from a kube-vip that nobody told anything. */
function differing(
  config: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, value]): readonly (readonly [string, unknown])[] => {
      const usual = defaults[key];
      if (isDeepStrictEqual(value, usual)) return [];
      return isMap(value) && isMap(usual) ? [[key, differing(value, usual)]] : [[key, value]];
    }),
  );
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
