import { describe, expect, test } from "vitest";

import { schemaKeys } from "../../src/config/schema-keys.ts";
import { runOn } from "../support/io.ts";
import { nasty, nastyTexts, quoted } from "../support/nasty.ts";
import { seeded } from "../support/random.ts";
import { difference, type ReadPlan, readPlan } from "../support/read-back.ts";
import { fileWithText, type Slot, slot } from "../support/slots.ts";
import { messageProblem } from "../support/terminal.ts";

const slots: readonly Slot[] = schemaKeys().map(({ key }) => slot(key));

/** What a hostile value at a key did wrong, or "". */
async function verdict(place: Slot, text: string): Promise<string> {
  const { code, out, err } = await runOn(fileWithText(place, text), "render", "--format", "json");
  const told = messageProblem(err);
  if (told !== "") return told;
  if (code === 2) return out === "" && err !== "" ? "" : "refused with something on stdout, or without a word";
  if (code !== 0) return `exit code ${code}`;
  // What stands in no file must not be accepted in silence.
  if (place.harmless === "") return isWord(place.key, text) ? "" : "accepted, though it stands in no file";
  const harmless = await harmlessPlan(place);
  const value = place.key === "controlPlaneEndpoint" ? text.replace(/:8443$/, "") : text;
  return difference(readPlan(out), harmless, [place.harmless, value]);
}

/** Whether a text is one of the values that keys without free text have: words, or versions that decide keywords. */
function isWord(key: string, text: string): boolean {
  const type = schemaKeys().find((candidate) => candidate.key === key)?.type ?? "";
  const isVersion = /^host\.(keepalived|haproxy|nginx)$/.test(key) && /^[\d.]+$/.test(text);
  return isVersion || type.split(" | ").includes(text) || (key === "kubeVip.metricsAddress" && text === "");
}

const harmlessPlans = new Map<string, Promise<ReadPlan>>();

function harmlessPlan(place: Slot): Promise<ReadPlan> {
  const known = harmlessPlans.get(place.key);
  if (known !== undefined) return known;
  const plan = runOn(fileWithText(place, place.harmless), "render", "--format", "json").then(({ out }) =>
    readPlan(out),
  );
  harmlessPlans.set(place.key, plan);
  return plan;
}

async function firstFailures(cases: readonly (readonly [Slot, string])[]): Promise<readonly string[]> {
  const failures = new Map<string, string>();
  for (const [place, text] of cases) {
    const problem = await verdict(place, text).catch((error: unknown) => String(error));
    // One of a kind tells enough.
    const kind = `${place.key} ${problem.slice(0, 20)}`;
    if (problem !== "") failures.set(kind, `${place.key} = ${quoted(text).slice(0, 120)}: ${problem}`);
  }
  return [...failures.values()];
}

describe("a hostile value is refused with exit code 2 and an empty stdout, or read back as it was given", () => {
  test("every key of the schema that takes free text has a place in the files", async () => {
    const placed = slots.filter(({ harmless }) => harmless !== "");
    for (const place of placed) {
      const { out, err } = await runOn(fileWithText(place, place.harmless), "render", "--format", "json");
      expect(out, `${place.key}: ${err}`).toContain(place.harmless);
    }
    expect(placed.length).toBeGreaterThan(10);
  });

  test("every nasty text at every key", async () => {
    const cases = slots.flatMap((place) => nastyTexts.map((text) => [place, text] as const));
    expect(cases.length).toBeGreaterThan(8000);
    expect(await firstFailures(cases)).toEqual([]);
  }, 300_000);

  test("6,000 compositions", async () => {
    const random = seeded(20_260_101);
    const free = slots.filter(({ harmless }) => harmless !== "");
    const cases = Array.from({ length: 6000 }, () => [random.pick(free), nasty(random)] as const);
    expect(await firstFailures(cases)).toEqual([]);
  }, 300_000);
});
