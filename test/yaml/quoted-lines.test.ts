import { expect, test } from "vitest";

import { withIndentedQuotes } from "../../src/yaml/quoted-lines.ts";
import { readManifests } from "../../src/yaml/read-manifests.ts";

// As generators of CustomResourceDefinitions wrote them: the second line stands right below its key.
const text = `spec:
  - description: 'APIVersion defines
    the versioned: schema, isn''t it'
    type: "a \\"
    b"
  - name: x
`;

test("a text in quotes may go on as far left as its key, and places stay", () => {
  const { documents, findings } = readManifests("f", text);
  expect(findings).toEqual([]);
  expect(documents.map(({ value }) => value)).toEqual([
    { spec: [{ description: "APIVersion defines the versioned: schema, isn't it", type: 'a " b' }, { name: "x" }] },
  ]);
  expect(documents[0]?.locate(["spec", 0, "type"])).toMatchObject({ line: 4, column: 11 });
  expect(documents[0]?.locate(["spec", 1, "name"])).toMatchObject({ line: 6, column: 11 });
});

test("each of many is mended", () => {
  const many = `a:\n${Array.from({ length: 2000 }, (_, index) => `  k${index}: 'x\n  y'\n`).join("")}`;
  const [value] = readManifests("f", many).documents.map((document) => document.value as { readonly a: object });
  expect(new Set(Object.values(value?.a ?? {}))).toEqual(new Set(["x y"]));
});

test.each(["a: 'x", 'a: "x\\', "a:\n  b: 'x\n---\ny'\n", "a: 'x'\nb: \"y\"\n", "'"])("%j stays as it is", (same) => {
  expect(withIndentedQuotes(same)).toBe(same);
});
