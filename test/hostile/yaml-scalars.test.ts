import { expect, test } from "vitest";

import { toYaml } from "../../src/yaml/write.ts";
import { nastyTexts } from "../support/nasty.ts";
import { seeded } from "../support/random.ts";
import { readYamlLeaves } from "../support/read-yaml.ts";

// Of these any text that means a number, a date, a truth value or nothing can be made.
const alphabet = [
  ...Array.from("0123456789+-._eExXoObB:~TZtf"),
  "yes",
  "no",
  "on",
  "off",
  "y",
  "n",
  "true",
  "null",
  "inf",
  "nan",
];

test("a text that is written is read as a text by YAML 1.1 and by Go, whatever it looks like", () => {
  const random = seeded(11);
  const texts = Array.from({ length: 15_000 }, () =>
    Array.from({ length: 1 + random.below(5) }, () => random.pick(alphabet)).join(""),
  );
  const ordinary = nastyTexts.filter(
    (text) => text.length < 100 && !/[\ud800-\udfff\ufffe\uffff\p{Cc}\u2028\u2029]/u.test(text),
  );
  const written = toYaml([...texts, ...ordinary]);
  const failures = written.split("\n- ").flatMap((line, index) => {
    try {
      const [, leaf] = readYamlLeaves(index === 0 ? line : `- ${line}`);
      return leaf?.type === "string" ? [] : [line];
    } catch (error) {
      return [String(error)];
    }
  });
  expect([...new Set(failures)].slice(0, 20)).toEqual([]);
});
