import { lstatSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { runOn } from "../support/io.ts";
import { nasty } from "../support/nasty.ts";
import { seeded } from "../support/random.ts";
import { fileWithText, slot } from "../support/slots.ts";
import { temporaryDirectory } from "../support/temporary.ts";

// Only names become parts of paths; the others are there to show that they do not.
const keys = ["nodes[].name", "nodes[].name", "nodes[].name", "nodes[].interface", "certSANs", "kubeVip.extraEnv"];
const names = [
  "yes",
  "1.2.3.4",
  "a.b",
  "-",
  "a-",
  "..",
  "a..b",
  "etc",
  "con",
  "x.yaml",
  "1e3",
  "a/b",
  "a\\b",
  "~",
  "kubeadm-ha",
];

test("whatever a node is called, nothing is written outside of the output directory", async () => {
  const random = seeded(99);
  const parent = temporaryDirectory();
  const out = join(parent, "out");
  const counts = { accepted: 0, refused: 0 };
  for (let round = 0; round < 400; round++) {
    const text = random.oneIn(2) ? random.pick(names) : nasty(random);
    const { code } = await runOn(fileWithText(slot(random.pick(keys)), text), "render", "-o", out);
    expect([0, 2], text).toContain(code);
    counts[code === 0 ? "accepted" : "refused"]++;
    expect(readdirSync(parent), text).toEqual(code === 0 ? ["out"] : []);
    if (code !== 0) continue;
    const entries = readdirSync(out, { recursive: true, encoding: "utf8" });
    const links = entries.filter(
      (path) => !lstatSync(join(out, path)).isFile() && !lstatSync(join(out, path)).isDirectory(),
    );
    expect(links).toEqual([]);
    for (const path of entries) expect(path.split("/").at(-1)).toMatch(/^[\w.-]+$/);
    rmSync(out, { recursive: true });
  }
  expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(50);
});
