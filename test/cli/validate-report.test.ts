import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { runBuilt } from "../support/built.ts";
import { ordinary } from "../support/configurations.ts";
import { temporaryDirectory } from "../support/temporary.ts";

const files = {
  "ha.yaml": ordinary,
  "keepalived.conf": "vrrp_instance VI_1 {\n    state MASTER\n    interface eth0\n    virtual_router_id 51\n}\n",
};

test("json has the fields that the documentation lists, and no others", () => {
  const [, table = ""] = /^JSON is one object.*?\n\n(.*?)\n\n/ms.exec(readFileSync("docs/validate.md", "utf8")) ?? [];
  const listed = table
    .split("\n")
    .slice(2)
    .map((line) => line.split("|").map((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name)))
    .map(([, [field = ""] = [], holds = []]) => [field, holds] as const);
  const cwd = tree({ ...files, "v.yaml": ordinary });
  const runs = [["."], ["--kubernetes-version", "v1.20.0", "v.yaml"]].map(
    (words) => JSON.parse(runBuilt(["validate", "--format", "json", ...words], { cwd }).out) as Json,
  );
  expect([...new Set(runs.flatMap((run) => Object.keys(run)))]).toEqual(
    listed.map(([field]) => field.replace("[]", "")),
  );
  for (const [field, holds] of listed.filter(([name]) => name.endsWith("[]") || name === "summary")) {
    const objects = runs.flatMap((run) => [run[field.replace("[]", "")]].flat() as Json[]);
    const found = new Set(objects.flatMap((object) => Object.keys(object)));
    expect([...found].toSorted()).toEqual(holds.filter((name) => !severities.has(name)).toSorted());
  }
});

test("--summary ends text with the numbers, and goes with no shape that has them or cannot", () => {
  const cwd = tree(files);
  const { out, code } = runBuilt(["validate", "--summary", "."], { cwd });
  const plain = runBuilt(["validate", "."], { cwd });
  expect({ code, begins: out.startsWith(plain.out) }).toEqual({ code: plain.code, begins: true });
  const [head, ...lines] = out.slice(plain.out.length).trimEnd().split("\n");
  expect(head).toMatch(/^Summary: 2 files: .*\d warnings?/);
  const rules = [...plain.out.matchAll(/ \[(\w+)\]$/gm)].map(([, rule = ""]) => rule);
  expect(lines.map((line) => /^ {2}(\d+) × (\w+): \S/.exec(line)?.slice(1, 3))).toEqual(
    [...new Set(rules)]
      .map((rule) => [String(rules.filter((one) => one === rule).length), rule])
      .toSorted(([a = "", ruleA = ""], [b = "", ruleB = ""]) => Number(b) - Number(a) || (ruleA < ruleB ? -1 : 1)),
  );
  expect(runBuilt(["validate", "--summary", "--format", "junit", "."], { cwd })).toMatchObject({ code: 2, out: "" });
  expect(runBuilt(["validate", "--summary", "--format", "json", "."], { cwd }).out).toContain('"summary"');
});

type Json = Readonly<Record<string, unknown>>;

const severities: ReadonlySet<string> = new Set(["error", "warning", "info"]);

function tree(texts: Readonly<Record<string, string>>): string {
  const directory = temporaryDirectory();
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(directory, name), text);
  return directory;
}
