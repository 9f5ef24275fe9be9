import { readdirSync } from "node:fs";

import { expect, it } from "vitest";

import { collectFiles } from "../../src/host/collect-files.ts";
import { machineSeconds } from "../../src/probe/clock.ts";
import { helpersDirectory } from "../../src/rehearse/helpers.ts";
import { makeScene } from "../../src/rehearse/scene/make-scene.ts";
import { startSession } from "../../src/rehearse/session.ts";
import { isWhole } from "../../src/rehearse/steady.ts";
import { predictFaults } from "../../src/timing/predict.ts";
import { timedCluster } from "../../src/timing/timed-cluster.ts";
import { eventually } from "./lab/wait.ts";

const seeds = ["S0", "S2/pair", "S2/hosts", "S2/static-pods", "S3", "S4"];

// Up, and the fault that the posts leave unseen: the balancer on the holder dies.
it.each(seeds)("%s as we make it comes up, and its virtual IP leaves a dead balancer", async (seed) => {
  const tree = readdirSync(`manifests/seeds/${seed}`).find((name) => name.startsWith("v1.")) ?? "";
  const { files } = collectFiles([`manifests/seeds/${seed}/${tree}`]);
  const { scene, hasManifests } = makeScene({ name: seed, files });
  const [killed] = predictFaults(timedCluster({ name: seed, files, endpoint: undefined }), [
    "balancer-killed",
  ]).predictions;
  expect(killed?.prediction.newConnections.worst).toBeLessThan(1);
  const session = await startSession(scene, {
    form: hasManifests ? "static-pod" : "host",
    helpers: helpersDirectory(),
    shutdownDelay: 1,
    idleStream: false,
  });
  try {
    const { lab } = session;
    const quiet = (): boolean => isWhole(lab) && machineSeconds() - session.lastDisturbance() > 1;
    await eventually("one holder and a second without any disturbance", 60, () => quiet() || undefined).catch(
      (error: unknown) => {
        throw new Error(`${String(error)}\n${lab.log()}`);
      },
    );
    const [before] = lab.holders();
    lab.nodes.find(({ name }) => name === before)?.programs.balancer?.signal("SIGKILL");
    await eventually("another node has the virtual IP", 30, () => {
      const holders = lab.holders();
      return (holders.length === 1 && holders[0] !== before) || undefined;
    });
    const moved = machineSeconds();
    await eventually("clients are answered again", 30, () => {
      return machineSeconds() - Math.max(moved, session.lastDisturbance()) > 1 || undefined;
    });
  } finally {
    await session.stop();
  }
});
