import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

/** Which facts this version must hold; each has a test `fact N: …` in the file of its list. */
const required = {
  "kubeadm.test.ts": [1, 2, 3, 4, 5, 6, 8, 9, 11, 12, 13, 15, 16, 17, 18, 19, 21, 22],
  "kubeadm-on-nodes.test.ts": [10, 14, 23, 25, 28, 30],
  "kubeadm-files.test.ts": [7, 20, 24, 27],
  "cluster-api.test.ts": [29],
  "kube-vip-modes.test.ts": [14, 15, 18, 20, 23, 24, 25, 26, 27, 28, 30],
  "kube-vip.test.ts": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 17, 19, 21, 22, 29],
} as const;

describe.each(Object.entries(required))("%s", (file, numbers) => {
  const text = readFileSync(join(import.meta.dirname, file), "utf8");

  it.each([...numbers])("has a test for fact %d", (number) => {
    expect(text).toMatch(new RegExp(`^ +(it\\(|\\]\\)\\()"fact ${number}: `, "m"));
  });
});
