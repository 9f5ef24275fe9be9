import { describe, expect, test } from "vitest";

import type { OptionName } from "../../src/commands/options.ts";
import { runWith } from "../support/io.ts";
import { nasty, nastyTexts, quoted } from "../support/nasty.ts";
import { seeded } from "../support/random.ts";
import { difference, readPlan } from "../support/read-back.ts";
import { messageProblem } from "../support/terminal.ts";

/** A flag, how a text stands in it, and a harmless text that is accepted there; "" where only known words are. */
interface FlagPlace {
  readonly flag: OptionName;
  readonly harmless: string;
  value(text: string): string;
}

const places: readonly FlagPlace[] = [
  { flag: "kubernetes-version", harmless: "v1.36.2", value: (text) => text },
  { flag: "control-plane-endpoint", harmless: "hxqz.example", value: (text) => text },
  { flag: "vip", harmless: "192.168.10.177", value: (text) => text },
  { flag: "interface", harmless: "hxqz0", value: (text) => text },
  { flag: "apiserver-bind-port", harmless: "7333", value: (text) => text },
  { flag: "node", harmless: "hxqz", value: (text) => `${text}=192.168.10.13` },
  { flag: "node", harmless: "192.168.10.177", value: (text) => `third=${text}` },
  { flag: "node", harmless: "hxqz0", value: (text) => `third=192.168.10.13,interface=${text}` },
  { flag: "node", harmless: "", value: (text) => `third=192.168.10.13,role=${text}` },
  { flag: "node", harmless: "", value: (text) => `third=192.168.10.13,${text}=x` },
  { flag: "stack", harmless: "", value: (text) => text },
  { flag: "failover", harmless: "", value: (text) => text },
  { flag: "deploy-as", harmless: "", value: (text) => text },
  { flag: "format", harmless: "", value: (text) => text },
];

async function verdict({ flag, harmless, value }: FlagPlace, text: string): Promise<string> {
  const { code, out, err } = await rendered(flag, value(text));
  const told = messageProblem(err);
  if (told !== "") return told;
  if (code === 2) return out === "" && err !== "" ? "" : "refused with something on stdout, or without a word";
  if (code !== 0) return `exit code ${code}`;
  if (harmless === "") return "accepted, though it is no word that the flag knows";
  const baseline = await rendered(flag, value(harmless));
  return difference(readPlan(out), readPlan(baseline.out), [harmless, text]);
}

function rendered(flag: OptionName, value: string) {
  const base: Partial<Record<OptionName, readonly string[]>> = {
    "kubernetes-version": ["v1.36.3"],
    stack: ["kube-vip-haproxy"],
    vip: ["192.168.10.100"],
    interface: ["eth0"],
    node: ["first=192.168.10.11"],
    format: ["json"],
  };
  const flags = { ...base, [flag]: flag === "node" ? [...(base.node ?? []), value] : [value] };
  const words = Object.entries(flags).flatMap(([name, values]) => values.flatMap((given) => [`--${name}`, given]));
  return runWith({}, "render", ...words);
}

async function failuresOf(cases: readonly (readonly [FlagPlace, string])[]): Promise<readonly string[]> {
  const failures = new Map<string, string>();
  for (const [place, text] of cases) {
    const problem = await verdict(place, text).catch((error: unknown) => String(error));
    const kind = `${place.value("…")} ${problem.slice(0, 20)}`;
    if (problem !== "") failures.set(kind, `--${place.flag} ${quoted(place.value(text)).slice(0, 120)}: ${problem}`);
  }
  return [...failures.values()];
}

describe("a hostile value of a flag is refused with exit code 2 and an empty stdout, or read back as it was given", () => {
  test("the harmless value stands in the files", async () => {
    for (const { flag, harmless, value } of places.filter((place) => place.harmless !== "")) {
      const { out, err } = await rendered(flag, value(harmless));
      expect(out, `${flag}: ${err}`).toContain(harmless);
    }
  });

  test("every nasty text in every flag", async () => {
    const cases = places.flatMap((place) => nastyTexts.map((text) => [place, text] as const));
    expect(await failuresOf(cases)).toEqual([]);
  }, 60_000);

  test("2,000 compositions", async () => {
    const random = seeded(3);
    const cases = Array.from({ length: 2000 }, () => [random.pick(places), nasty(random)] as const);
    expect(await failuresOf(cases)).toEqual([]);
  }, 60_000);
});
