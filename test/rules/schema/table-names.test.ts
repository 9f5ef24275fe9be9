import { expect, test } from "vitest";

import { apiVersionNews } from "../../../src/schema/api-version.ts";
import { schemasOf } from "../../../src/schema/table.ts";

// The table is one text, and names are looked for in it.
test.each([
  ["apps/v1beta1", "Deployment 8"],
  ["apps/v1beta1 Deployment", "8"],
  ["v1", "Binding#8 ComponentStatus"],
  ["v1 Binding#8", "ComponentStatus"],
  ["", "Pod"],
  ["v1", ""],
  ["v1\napps/v1", "Deployment"],
])("%j has no kind %j", (apiVersion, kind) => {
  expect(schemasOf(36).find(apiVersion, kind)).toBeUndefined();
  expect(apiVersionNews({ apiVersion, kind }, 36).state).toMatch(/^(?:foreign|no such kind)$/);
});

test("the first and the last kind of a line are found", () => {
  expect(schemasOf(36).find("v1", "Binding")).toBeDefined();
  expect(schemasOf(36).find("v1", "ServiceList")).toBeDefined();
  expect(schemasOf(36).find("apps/v1", "StatefulSetList")).toBeDefined();
});
