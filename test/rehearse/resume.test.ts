import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { Measurement } from "../../src/rehearse/measurement.ts";
import { openSamples } from "../../src/rehearse/resume.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { noFigures } from "./fakes.ts";

const measurement = (repetition: number): Measurement => ({
  configuration: "0123456789abcdef",
  name: "here",
  form: "host",
  fault: "balancer-killed",
  holder: "first",
  repetition,
  injected: { ...noFigures, settled: true, seconds: 3 },
  repaired: undefined,
  load: 1,
  again: false,
});

test("a file that is not there yet is made when measuring begins, and read again", () => {
  const path = join(temporaryDirectory(), "samples.jsonl");
  const { measurements, create, append } = openSamples(path);
  expect(measurements).toEqual([]);
  expect(existsSync(path)).toBe(false);
  create();
  expect(readFileSync(path, "utf8")).toBe("");
  append(measurement(1));
  append(measurement(2));
  expect(openSamples(path).measurements).toEqual([measurement(1), measurement(2)]);
});

test("a line that was cut off anywhere is ignored, and the next one stands on its own", () => {
  const whole = JSON.stringify(measurement(2));
  for (let length = 1; length < whole.length; length += 7) {
    const path = join(temporaryDirectory(), "samples.jsonl");
    writeFileSync(path, `${JSON.stringify(measurement(1))}\n${whole.slice(0, length)}`);
    const { measurements, append } = openSamples(path);
    expect(measurements).toEqual([measurement(1)]);
    append(measurement(3));
    expect(openSamples(path).measurements).toEqual([measurement(1), measurement(3)]);
  }
});

test("a line without its end that is whole counts", () => {
  const path = join(temporaryDirectory(), "samples.jsonl");
  writeFileSync(path, JSON.stringify(measurement(1)));
  openSamples(path).append(measurement(2));
  expect(openSamples(path).measurements).toEqual([measurement(1), measurement(2)]);
});

test("another file is refused and left as it is", () => {
  const path = join(temporaryDirectory(), "notes.txt");
  appendFileSync(path, "shopping list\n");
  expect(() => openSamples(path)).toThrow("notes.txt:1 is no measurement");
  expect(readFileSync(path, "utf8")).toBe("shopping list\n");
  expect(() => openSamples("/proc/nowhere/samples").create()).toThrow("cannot write /proc/nowhere/samples");
});
