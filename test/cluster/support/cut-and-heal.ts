import { expect, it } from "vitest";

import { eventually } from "../../../src/rehearse/lab/wait.ts";
import { answers, oneHolder } from "./ask.ts";
import type { Running } from "./running.ts";

/** That a cluster goes on without its holder, and with it again. */
export function testOfCutAndHeal(running: () => Running): void {
  it("goes on when its holder is cut off, and after that has healed", async () => {
    const { cluster } = running();
    const holder = await oneHolder(cluster);
    const { space } = cluster.node(holder);
    await cluster.network.setSilent(space, true);
    await eventually("another holder", 180, async () => {
      const others = (await cluster.holders()).filter((name) => name !== holder);
      return others.length === 1 || undefined;
    });
    await answers(cluster);
    await cluster.network.setSilent(space, false);
    expect(await oneHolder(cluster)).toBeDefined();
    await answers(cluster);
  });
}
