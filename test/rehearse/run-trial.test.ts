import { describe, expect, test } from "vitest";

import { fullDurations } from "../../src/rehearse/faults/fault.ts";
import { runTrial } from "../../src/rehearse/run-trial.ts";
import { fakeFault, fakePace, fakeSession } from "./fakes.ts";

function stage() {
  const pace = fakePace();
  const session = fakeSession(pace);
  const fault = fakeFault(pace, () => session);
  return { pace, session, input: { fault, durations: fullDurations, holder: "first", preempts: false } as const };
}

describe("one fault", () => {
  test("is injected into a steady cluster, repaired, and observed until clients have their rest", async () => {
    const { pace, session, input } = stage();
    const outcome = await runTrial(session, pace, input);
    expect(outcome).toMatchObject({
      state: "measured",
      injected: { settled: true },
      repaired: { settled: true },
    });
    const [injected, repaired] = session.windows;
    // A second of quiet, then 2 s of fault and 2 s of quiet; after the repair the same.
    expect(injected?.from).toBeCloseTo(1001, 0);
    expect((injected?.to ?? 0) - (injected?.from ?? 0)).toBeCloseTo(4, 0);
    expect((repaired?.to ?? 0) - (repaired?.from ?? 0)).toBeCloseTo(4, 0);
  });

  test("that never ends is observed until its cap", async () => {
    const { pace, session, input } = stage();
    const fault = { ...input.fault, inject: async () => ((session.disturbed = Infinity), pace.now()) };
    const outcome = await runTrial(session, pace, { ...input, fault });
    expect(outcome).toMatchObject({ injected: { settled: false }, repaired: { settled: true } });
    expect(outcome.state === "measured" && outcome.injected.seconds).toBeCloseTo(20, 0);
  });

  test("without a repair has no second figures", async () => {
    const { pace, session, input } = stage();
    const { repair: _, ...fault } = input.fault;
    expect(await runTrial(session, pace, { ...input, fault })).toMatchObject({ repaired: undefined });
  });

  test("after the repair is not over while two nodes have the virtual IP", async () => {
    const { pace, session, input } = stage();
    const fault = {
      ...input.fault,
      repair: async () => {
        session.holders = ["cp1", "cp2"];
        return pace.now();
      },
    };
    expect(await runTrial(session, pace, { ...input, fault })).toMatchObject({ repaired: { settled: false } });
  });

  test("comes to the last node by rank when that is asked for", async () => {
    const { pace, session, input } = stage();
    let holder = "";
    const fault = {
      ...input.fault,
      inject: async (...[, context]: Parameters<typeof input.fault.inject>) => {
        holder = `${context.holder.name} before ${context.others.map(({ name }) => name).join()}`;
        return pace.now();
      },
    };
    await runTrial(session, pace, { ...input, fault, holder: "last" });
    expect(holder).toBe("cp3 before cp1,cp2");
  });

  test("waits for the first node to take the virtual IP back where nodes preempt", async () => {
    const { pace, session, input } = stage();
    session.holders = ["cp2"];
    pace.at(5, () => (session.holders = ["cp1"]));
    expect(await runTrial(session, pace, { ...input, preempts: true })).toMatchObject({ state: "measured" });
    expect(session.windows[0]?.from).toBeCloseTo(1005, 0);
  });

  test("does not come to a cluster that is never steady", async () => {
    const { pace, session, input } = stage();
    session.holders = [];
    expect(await runTrial(session, pace, input)).toEqual({
      state: "unsteady",
      reason: "after 25 s no node had the virtual IP",
    });
    expect(pace.now()).toBeCloseTo(1025, 0);
  });
});
