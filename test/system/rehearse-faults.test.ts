import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { collectFiles } from "../../src/host/collect-files.ts";
import { machineSeconds } from "../../src/probe/clock.ts";
import type { FaultContext } from "../../src/rehearse/faults/fault.ts";
import { rehearsedFaults } from "../../src/rehearse/faults/index.ts";
import { helpersDirectory } from "../../src/rehearse/helpers.ts";
import type { Lab, LabNode } from "../../src/rehearse/lab/lab.ts";
import type { Pace } from "../../src/rehearse/pace.ts";
import { makeScene } from "../../src/rehearse/scene/make-scene.ts";
import { type Session, startSession } from "../../src/rehearse/session.ts";
import { awaitSpread } from "../../src/rehearse/spread.ts";
import { isWhole } from "../../src/rehearse/steady.ts";
import { type FaultName, faultNames } from "../../src/timing/fault-names.ts";
import { collect } from "./lab/process.ts";
import { eventually } from "./lab/wait.ts";

/** What is true of a lab while a fault lasts; it is not before and not after. */
type Effect = (context: FaultContext, lab: Lab) => boolean | Promise<boolean>;

const effects: Partial<Record<FaultName, Effect>> = {
  "balancer-killed": ({ holder }) => !runs(holder, "balancer"),
  "keepalived-stopped": ({ holder }) => !runs(holder, "keepalived"),
  "keepalived-killed": ({ holder }, lab) => !runs(holder, "keepalived") && lab.holders().length === 2,
  "api-server-killed": ({ others }) => others.some((node) => !runs(node, "api-server")),
  "api-server-drained": ({ others }) => others.some((node) => !runs(node, "api-server")),
  "ready-failing": async ({ others }, lab) => {
    const ready = await Promise.all(others.map((node) => status(lab, node, "/readyz")));
    const served = await Promise.all(others.map((node) => status(lab, node, "/version")));
    return ready.filter((code) => code === "500").length === 1 && served.every((code) => code === "200");
  },
  "holder-cut": ({ holder }, lab) => !lab.holders().includes(holder.name),
  "holder-cut-silently": ({ holder }, lab) => lab.holders().includes(holder.name) && lab.holders().length === 2,
  "peers-cut": ({ holder }, lab) => lab.holders().includes(holder.name) && lab.holders().length === 2,
  "peers-cut-one-way": ({ holder }, lab) => lab.holders().includes(holder.name) && lab.holders().length === 2,
  "holder-power-loss": ({ holder }, lab) => off(holder) && !lab.holders().includes(holder.name),
  "holder-reboot": ({ holder }, lab) => off(holder) && !lab.holders().includes(holder.name),
  "all-power-loss": (_context, lab) => lab.nodes.every(off) && lab.holders().length === 0,
};

/** The same of faults that are over when they have been injected: true at some moment meanwhile. */
const meanwhile: Partial<Record<FaultName, Effect>> = {
  "etcd-election-failing": (_context, lab) => withoutEtcd(lab, "500"),
  // curl's word for no answer.
  "etcd-election-silent": (_context, lab) => withoutEtcd(lab, "000"),
  "busy-machine": () => runnable() >= 3 * availableParallelism(),
};

/** What clients must have noticed of faults that leave no other trace. */
const noticed: Partial<Record<FaultName, (figures: ReturnType<Session["figures"]>) => boolean>> = {
  // Three watches and the idle stream; whether a kept request was on its way just then is luck.
  "balancer-restarted": ({ streamsCut }) => streamsCut >= 4,
  "keepalived-restarted": ({ twoHolders }) => twoHolders > 0,
  "holder-frozen": ({ blackout }) => blackout > 0.5,
  "holder-frozen-briefly": ({ blackout }) => blackout > 0.3,
  "api-server-hung": ({ failed }) => failed > 0,
  // Two of six kept connections and one of three watches lead there.
  "other-node-cut": ({ keptFailed, streamsCut }) => keptFailed > 0 || streamsCut > 0,
  "all-start": ({ firstSuccess }) => firstSuccess !== undefined && firstSuccess > 0.1,
};

describe("faults of a rehearsal on keepalived and haproxy", () => {
  let session: Session;

  beforeAll(async () => {
    const { files } = collectFiles(["manifests/keepalived-haproxy/v1.34"]);
    const { scene } = makeScene({ name: "keepalived-haproxy", files });
    const options = { form: "host", helpers: helpersDirectory(), shutdownDelay: 1, idleStream: true } as const;
    session = await startSession(scene, options);
  });

  afterAll(() => session?.stop());

  it.each(faultNames)("%s", async (name) => {
    const { lab } = session;
    const fault = rehearsedFaults[name];
    await steady(session);
    const context = contextOf(lab);
    const effect = effects[name];
    const passing = meanwhile[name];
    expect((await (effect ?? passing)?.(context, lab)) ?? false).toBe(false);

    const injected = fault.inject(lab, context);
    const seen =
      passing && eventually(`the effect of ${name}`, 15, async () => (await passing(context, lab)) || undefined);
    const [from] = await Promise.all([injected, seen]);
    try {
      if (effect) await eventually(`the effect of ${name}`, 15, async () => (await effect(context, lab)) || undefined);
      else await sleep(3000);
      const to = machineSeconds();
      await session.complete(to);
      const figures = session.figures({ from, to });
      expect(noticed[name]?.(figures) ?? true, JSON.stringify(figures)).toBe(true);
    } finally {
      // Otherwise the faults after it fail for its reason.
      await fault.repair?.(lab, context);
    }
    await steady(session);
  });
});

/** One holder, everybody at work, and the probe's connections on all API servers. */
async function steady(session: Session): Promise<void> {
  const { lab } = session;
  const begin = machineSeconds();
  const quiet = (): boolean => isWhole(lab) && machineSeconds() - session.lastDisturbance() > 1;
  await eventually("one holder and a second without any disturbance", 40, () => quiet() || undefined).catch(
    (error: unknown) => {
      throw new Error(`${String(error)}\n${lab.log()}`);
    },
  );
  expect(await awaitSpread(session, pace, begin)).toBeUndefined();
  session.renewProbe();
  await eventually("the new probe is at work", 20, () => quiet() || undefined);
}

const pace: Pace = {
  now: machineSeconds,
  sleep: (seconds) => sleep(seconds * 1000),
  interrupted: () => false,
};

function contextOf(lab: Lab): FaultContext {
  const holder = lab.nodes.find(({ name }) => lab.holders().includes(name));
  if (holder === undefined) throw new Error("no node has the virtual IP");
  return {
    holder,
    others: lab.byRank.filter((node) => node !== holder),
    durations: { "idle-stream": 3, "busy-machine": 3 },
    sleep: pace.sleep,
  };
}

/** Every API server says that it has no etcd, and lives all the same. */
async function withoutEtcd(lab: Lab, said: string): Promise<boolean> {
  const asked = lab.nodes.map(async (node) => {
    const codes = ["/readyz", "/livez", "/livez?exclude=etcd"].map((url) => status(lab, node, url));
    return (await Promise.all(codes)).join() === [said, said, "200"].join();
  });
  return (await Promise.all(asked)).every(Boolean);
}

/** The status with which an API server answers; 000 for no answer. */
async function status(lab: Lab, node: LabNode, url: string): Promise<string> {
  const address = lab.scene.nodes.find(({ name }) => name === node.name)?.addresses[0] ?? "";
  const words = ["--silent", "--insecure", "--max-time", "1", "--output", "/dev/null", "--write-out", "%{http_code}"];
  const child = lab.client.start(["curl", ...words, `https://${address}:${lab.scene.apiServerPort}${url}`]);
  const { stdout } = collect(child);
  await new Promise((resolve) => child.once("close", resolve));
  return stdout();
}

// https://man7.org/linux/man-pages/man5/proc_loadavg.5.html
function runnable(): number {
  return Number(/ (\d+)\/\d+ /.exec(readFileSync("/proc/loadavg", "utf8"))?.[1]);
}

function runs({ programs }: LabNode, name: keyof LabNode["programs"]): boolean {
  return programs[name]?.running() ?? false;
}

function off({ programs }: LabNode): boolean {
  return Object.values(programs).every((program) => !program.running());
}
