import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { expect, it } from "vitest";

import { collectFiles } from "../../src/host/collect-files.ts";
import { machineSeconds } from "../../src/probe/clock.ts";
import { helpersDirectory } from "../../src/rehearse/helpers.ts";
import { collect } from "../../src/rehearse/lab/process.ts";
import { makeScene } from "../../src/rehearse/scene/make-scene.ts";
import { type Session, startSession } from "../../src/rehearse/session.ts";
import { isWhole } from "../../src/rehearse/steady.ts";
import { eventually } from "./lab/wait.ts";

// After a split that ended, the winner may announce itself to nobody: the loser's last advert is dropped while ARP for
// the winner fails, and the winner hears of no other holder.
it.each(["S2/pair", "S2/hosts"])(
  "%s answers a client that sends to the node that lost the virtual IP",
  async (seed) => {
    const session = await startSession(sceneOf(seed), {
      form: "host",
      helpers: helpersDirectory(),
      shutdownDelay: 1,
      idleStream: false,
    });
    try {
      const { lab } = session;
      await eventually("one holder and a second without any disturbance", 60, () => isQuiet(session) || undefined);
      const [holder] = lab.holders();
      const other = lab.byRank.find(({ name, programs }) => name !== holder && programs.keepalived !== undefined);
      const address = lab.scene.nodes.find(({ name }) => name === other?.name)?.addresses[0] ?? "";
      const from = machineSeconds();
      expect(await onClient(session, sendTo(lab.scene.endpoint.address, address))).toMatch(/ PERMANENT/);
      await sleep(3000);
      const to = machineSeconds();
      await session.complete(to);
      const { failed, requests, blackout } = session.figures({ from, to });
      expect(requests).toBeGreaterThan(100);
      // One may have been on its way.
      expect(failed).toBeLessThanOrEqual(1);
      expect(blackout).toBeLessThan(0.5);
      expect(lab.holders()).toEqual([holder]);
    } finally {
      await session.stop();
    }
  },
);

function sceneOf(seed: string): ReturnType<typeof makeScene>["scene"] {
  const tree = readdirSync(`manifests/seeds/${seed}`).find((name) => name.startsWith("v1.")) ?? "";
  return makeScene({ name: seed, files: collectFiles([`manifests/seeds/${seed}/${tree}`]).files }).scene;
}

function isQuiet(session: Session): boolean {
  return isWhole(session.lab) && machineSeconds() - session.lastDisturbance() > 1;
}

// The connection is refused; what counts is that the client then knows the node's hardware address.
function sendTo(virtual: string, address: string): string {
  return `(exec 3<>/dev/tcp/${address}/9) 2>/dev/null
mac=$(ip neigh show ${address} | sed -n 's/.*lladdr \\([0-9a-f:]*\\).*/\\1/p')
ip neigh replace ${virtual} lladdr "$mac" dev eth0 nud permanent
ip neigh show ${virtual}`;
}

async function onClient({ lab }: Session, script: string): Promise<string> {
  const child = lab.client.start(["bash", "-c", script]);
  const { stdout, stderr } = collect(child);
  await new Promise((resolve) => child.once("close", resolve));
  return stdout() + stderr();
}
