import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { fileRules } from "../../src/rules/index.ts";
import { root } from "../support/built.ts";
import { runWith } from "../support/io.ts";

const page = readFileSync(join(root, "docs/rules-sources.md"), "utf8");
const rows = [...page.matchAll(/^\| ([^|]+?) \| ([^|]*?) \| ?(.*?) ?\|$/gm)].map(
  ([, name = "", rules = "", remark = ""]) => ({ name, ids: rules.match(/\b(?!YM)[A-Z]{2}\d\d\b/g) ?? [], remark }),
);
// Some lines have no name of their own, only words.
const isName = (text: string): boolean => /^[A-Z][A-Z0-9.]*(?:-[A-Z0-9.]+)*$/.test(text);

test("the table is there", () => expect(rows.length).toBeGreaterThan(60));

test.each(rows)("$name: a rule that explain finds by this name, or why there is none", async (row) => {
  const { name, ids, remark } = row;
  if (ids.length === 0) {
    expect(name === "name" || remark !== "").toBe(true);
    return;
  }
  if (!isName(name)) {
    expect(fileRules.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    return;
  }
  const { code, out } = await runWith({}, "explain", name);
  expect(code).toBe(0);
  for (const id of ids) expect(out).toContain(`${id} `);
});

test("every rule is explained by its id and its name", async () => {
  for (const { id, name, summary } of fileRules) {
    for (const word of [id, name]) {
      const { code, out } = await runWith({}, "explain", word);
      expect({ word, code }).toEqual({ word, code: 0 });
      expect(out).toContain(summary);
    }
  }
});
