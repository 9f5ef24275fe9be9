import { expect, test } from "vitest";

import { type Trial, trialsOf } from "../../src/rehearse/trials.ts";
import { fullDurations, type RehearsedFault } from "../../src/rehearse/faults/fault.ts";
import { rehearsedFaults } from "../../src/rehearse/faults/index.ts";
import type { Measurement } from "../../src/rehearse/measurement.ts";
import { samplesInMemory } from "../../src/rehearse/resume.ts";
import { runRehearsal } from "../../src/rehearse/run-rehearsal.ts";
import { faultNames } from "../../src/timing/fault-names.ts";
import { type FakeSession, fakeFault, fakePace, fakeSession, scene } from "./fakes.ts";

const trials: readonly Trial[] = [1, 2, 3].map((repetition) => ({
  fault: "balancer-killed",
  holder: "first",
  repetition,
}));

function stage(earlier: readonly Measurement[] = []) {
  const pace = fakePace();
  const sessions: FakeSession[] = [];
  const kept: Measurement[] = [];
  const said: string[] = [];
  const fault = fakeFault(pace, () => sessions.at(-1) as FakeSession);
  const rehearsed = { ...rehearsedFaults, "balancer-killed": fault };
  const hooks: { started(session: FakeSession): void } = { started: () => {} };
  const run = (wanted = trials, faults: Partial<typeof rehearsed> = {}) =>
    runRehearsal({
      scene,
      form: "host",
      preempts: false,
      trials: wanted,
      rehearsed: { ...rehearsed, ...faults },
      durations: fullDurations,
      samples: { ...samplesInMemory(), measurements: earlier, append: (measurement) => void kept.push(measurement) },
      pace,
      progress: { step: (text) => void said.push(text), say: (text) => void said.push(text), end: () => {} },
      load: () => 0.5,
      start: async () => {
        const session = fakeSession(pace);
        hooks.started(session);
        sessions.push(session);
        return session;
      },
    });
  return { run, sessions, kept, said, hooks, fault, pace };
}

test("one lab serves all trials, and each measurement is kept at once", async () => {
  const { run, sessions, kept } = stage();
  const { measurements, failed } = await run();
  expect(failed).toEqual([]);
  expect(measurements).toEqual(kept);
  expect(measurements.map(({ repetition }) => repetition)).toEqual([1, 2, 3]);
  expect(measurements[0]).toMatchObject({
    configuration: scene.configuration,
    name: "here",
    form: "host",
    fault: "balancer-killed",
    holder: "first",
    load: 0.5,
    again: false,
  });
  expect(sessions.map(({ stopped }) => stopped)).toEqual([true]);
});

test("what earlier runs measured is not measured again", async () => {
  const first = await stage().run();
  const { run, kept, said } = stage(first.measurements.slice(0, 2));
  const { measurements } = await run();
  expect(kept.map(({ repetition }) => repetition)).toEqual([3]);
  expect(measurements.map(({ repetition }) => repetition)).toEqual([1, 2, 3]);
  expect(said[0]).toBe("2 of 3 are in the samples file already");
  const other = first.measurements.map((measurement) => ({ ...measurement, configuration: "another" }));
  expect((await stage(other).run()).measurements).toHaveLength(3);
});

test("a late measurement is repeated once and says so", async () => {
  const { run, hooks, kept } = stage();
  hooks.started = (session) => void (session.late = 0.2);
  await run(trials.slice(0, 1));
  expect(kept.map(({ again, injected }) => [again, injected.late])).toEqual([[true, 0.2]]);
});

test("a lab that a fault left restless is replaced", async () => {
  const { run, sessions, fault, pace } = stage();
  const restless: RehearsedFault = {
    ...fault,
    repair: async () => {
      (sessions.at(-1) as FakeSession).disturbed = Infinity;
      return pace.now();
    },
  };
  const { measurements } = await run(trials.slice(0, 2), { "balancer-killed": restless });
  expect(measurements.map(({ repaired }) => repaired?.settled)).toEqual([false, false]);
  expect(sessions.map(({ stopped }) => stopped)).toEqual([true, true]);
});

test("a cluster that is never steady gets one fresh lab, and then nothing more is tried", async () => {
  const { run, sessions, hooks, said, kept } = stage();
  hooks.started = (session) => void (session.holders = []);
  await expect(run()).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining("not steady before it: after 25 s no node had the virtual IP"),
  });
  expect(sessions.map(({ stopped }) => stopped)).toEqual([true, true]);
  expect(kept).toEqual([]);
  expect(said.join("\n")).toContain("the log");
});

test("files that were measured before are not to blame for that", async () => {
  const { measurements } = await stage().run();
  const { run, hooks } = stage(measurements.slice(0, 1));
  hooks.started = (session) => void (session.holders = []);
  await expect(run()).rejects.toMatchObject({ exitCode: 3 });
});

test("a cluster that was steady once is not given up", async () => {
  const { run, sessions, hooks, fault, pace } = stage();
  hooks.started = (session) => {
    if (sessions.length > 0) session.holders = [];
  };
  const restless: RehearsedFault = {
    ...fault,
    repair: async () => {
      (sessions.at(-1) as FakeSession).disturbed = Infinity;
      return pace.now();
    },
  };
  const { measurements, failed } = await run(trials, { "balancer-killed": restless });
  expect(measurements).toHaveLength(1);
  expect(failed).toEqual([
    {
      fault: "balancer-killed",
      holder: "first",
      reason: "not steady before it: after 25 s no node had the virtual IP",
    },
  ]);
});

test("a fault that cannot be done is tried in a second lab, and does not take the other trials with it", async () => {
  const { run, sessions, kept, fault } = stage();
  const broken: RehearsedFault = { ...fault, inject: () => Promise.reject(new Error("not within 15 s: x\nand a log")) };
  const { failed } = await run([{ ...(trials[0] as Trial), fault: "holder-cut" }, ...trials], { "holder-cut": broken });
  expect(failed).toEqual([{ fault: "holder-cut", holder: "first", reason: "not within 15 s: x" }]);
  expect(sessions.map(({ stopped }) => stopped)).toEqual([true, true, true]);
  expect(kept).toHaveLength(3);
});

test("an interruption ends the lab and everything else", async () => {
  const { run, sessions, fault, pace } = stage();
  const interrupted: RehearsedFault = {
    ...fault,
    inject: async () => {
      pace.interrupted = () => true;
      throw new Error("interrupted");
    },
  };
  await expect(run(trials, { "balancer-killed": interrupted })).rejects.toThrow("interrupted");
  expect(sessions.map(({ stopped }) => stopped)).toEqual([true]);
});

test("trials are ordered by holder, then repetition; what can not be is told", () => {
  const input = { scene, preempts: false, rehearsed: rehearsedFaults, holder: "both", repetitions: 2 } as const;
  const { trials: planned, skipped } = trialsOf({ ...input, faults: ["balancer-killed", "holder-cut"] });
  expect(planned.map(({ fault, holder, repetition }) => `${holder} ${repetition} ${fault}`)).toEqual(
    ["first 1", "first 2", "last 1", "last 2"].flatMap((begin) => [`${begin} balancer-killed`, `${begin} holder-cut`]),
  );
  expect(skipped).toEqual([]);
  const preempting = trialsOf({ ...input, preempts: true, faults: ["holder-cut"] });
  expect(preempting.trials.map(({ holder }) => holder)).toEqual(["first", "first"]);
  expect(preempting.skipped).toMatchObject([{ fault: "holder-cut", holder: "last" }]);
  const alone = { ...scene, nodes: scene.nodes.map((node) => ({ ...node, programs: node.programs.slice(1) })) };
  const without = trialsOf({ ...input, scene: alone, faults: faultNames });
  expect(without.skipped.map(({ fault }) => fault)).toEqual(["balancer-killed", "balancer-restarted"]);
});
