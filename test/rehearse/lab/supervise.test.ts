import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

import { afterEach, expect, it } from "vitest";

import { kubeletBackOff } from "../../../src/rehearse/lab/kubelet.ts";
import { processOf } from "../../../src/rehearse/lab/processes.ts";
import { type ManagedProgram, manageProgram } from "../../../src/rehearse/lab/program.ts";
import { eventually } from "../../../src/rehearse/lab/wait.ts";

let children: ChildProcess[] = [];
let program: ManagedProgram | undefined;

afterEach(() => {
  program?.release();
  for (const child of children) child.kill("SIGKILL");
  children = [];
});

async function started(supervisor?: "kubelet"): Promise<ManagedProgram> {
  const launch = (): ChildProcess => {
    const child = spawn("sleep", ["1000"], { stdio: ["ignore", "pipe", "pipe", "pipe"] });
    children.push(child);
    return child;
  };
  const find = () => processOf(children.at(-1)?.pid ?? 0);
  const kubelet = supervisor === undefined ? {} : { supervisor };
  program = manageProgram({ name: "sleep", on: () => true, launch, find, others: () => [], ...kubelet });
  await program.start();
  return program;
}

const restarted = (times: number): Promise<true> =>
  eventually("it is restarted", 20, () => (children.length > times && program?.running()) || undefined);

it("restarts a container that dies, whatever killed it", async () => {
  await started("kubelet");
  process.kill(children[0]?.pid ?? 0, "SIGKILL");
  await restarted(1);
});

it("leaves a container alone that was told to end", async () => {
  const container = await started("kubelet");
  container.signal("SIGKILL");
  await eventually("it has ended", 20, () => !container.running() || undefined);
  await sleep(300);
  expect(children).toHaveLength(1);
  await container.start();
  process.kill(children[1]?.pid ?? 0, "SIGKILL");
  await restarted(2);
});

it("leaves a program alone that nobody supervises, but for a fault that says so", async () => {
  const service = await started();
  process.kill(children[0]?.pid ?? 0, "SIGKILL");
  await eventually("it has ended", 20, () => !service.running() || undefined);
  await sleep(300);
  expect(children).toHaveLength(1);
  service.superviseAfter(0);
  await restarted(1);
});

it("waits as the kubelet does", () => {
  const { next, reset } = kubeletBackOff();
  const waits = Array.from({ length: 8 }, () => next(1));
  expect(waits).toEqual([0, 10, 20, 40, 80, 160, 300, 300]);
  expect(next(600)).toBe(0);
  expect(next(1)).toBe(10);
  reset();
  expect(next(1)).toBe(0);
});
