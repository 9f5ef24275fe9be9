import { expect, test } from "vitest";

import { probeOutputReader } from "../../src/probe/read-output.ts";
import type { Sample } from "../../src/probe/sample.ts";
import { answered, failed } from "./samples.ts";

test("samples and completions come through in pieces of any size", () => {
  const lines = [answered(1, 2), { kind: "complete", before: 2.5 }, failed(3, 4), { kind: "complete", before: 4.5 }];
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  for (const size of [1, 7, 50, text.length]) {
    const samples: Sample[] = [];
    const moments: number[] = [];
    const read = probeOutputReader({
      sample: (sample) => samples.push(sample),
      completeBefore: (moment) => moments.push(moment),
    });
    for (let at = 0; at < text.length; at += size) read(text.slice(at, at + size));
    expect(samples).toEqual([answered(1, 2), failed(3, 4)]);
    expect(moments).toEqual([2.5, 4.5]);
  }
});

test("a line that its process did not finish is left out", () => {
  const samples: Sample[] = [];
  probeOutputReader({ sample: (sample) => samples.push(sample) })(`${JSON.stringify(answered(1, 2))}\n{"kind":"fr`);
  expect(samples).toEqual([answered(1, 2)]);
});
