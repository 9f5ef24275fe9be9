const ab = { a: { type: "string" }, b: { type: "string" } };

/** Schemas of fields, one for each thing that a CustomResourceDefinition can ask for besides a type. */
export const keywordFields: Readonly<Record<string, object>> = {
  lengths: { type: "string", minLength: 2, maxLength: 5 },
  pattern: { type: "string", pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$" },
  goPattern: { type: "string", pattern: "(?i)\\A\\pL[[:alnum:]]*\\z" },
  range: { type: "integer", minimum: 1, maximum: 10 },
  openRange: { type: "number", minimum: 0, exclusiveMinimum: true, maximum: 1, exclusiveMaximum: true },
  steps: { type: "integer", multipleOf: 5 },
  items: { type: "array", minItems: 1, maxItems: 2, items: { type: "string", maxLength: 2 } },
  unique: { type: "array", uniqueItems: true, items: {} },
  size: { type: "object", minProperties: 1, maxProperties: 2, additionalProperties: { type: "integer", minimum: 1 } },
  words: { type: "string", enum: ["a", "ab"] },
  numbers: { type: "integer", enum: [1, 2] },
  untyped: { enum: [1, "a", true, { a: "x" }] },
  oneOf: { type: "object", properties: ab, oneOf: [{ required: ["a"] }, { required: ["b"] }] },
  anyOf: { type: "object", properties: ab, anyOf: [{ required: ["a"] }, { required: ["b"] }] },
  not: { type: "object", properties: ab, not: { required: ["a", "b"] } },
  allOf: { type: "integer", allOf: [{ minimum: 2 }, { not: { minimum: 5 } }] },
  variants: {
    type: "object",
    properties: { ...ab, kind: { type: "string" } },
    required: ["kind"],
    oneOf: [
      { properties: { kind: { enum: ["A"] } }, required: ["a"] },
      { properties: { kind: { enum: ["B"] }, b: { minLength: 2 } }, required: ["b"] },
    ],
  },
  port: { "x-kubernetes-int-or-string": true, anyOf: [{ type: "integer" }, { type: "string" }], pattern: "^\\d+%$" },
  ipv4: { type: "string", format: "ipv4" },
  ipv6: { type: "string", format: "ipv6" },
  time: { type: "string", format: "date-time" },
  date: { type: "string", format: "date" },
  duration: { type: "string", format: "duration" },
  free: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
};

/** Values that fit some of these fields and not others. */
export const manyValues: readonly unknown[] = [
  ["", "a", "ab", "Ab", "abcdef", "a-b", "-a", "a.b-", "äö", "a\n", "50%", "10.0.0.1", "010.0.0.1", "::1", "1:2"],
  ["2026-01-31", "2026-02-30", "2026-01-31T12:00:00Z", "12:00", "1m30s", "-1.5h", "P1DT2H", "PT", "1", "soon"],
  [0, 1, 2, 4, 5, 10, 11, -5, 0.5, 1.5, true, false],
  [[], ["a"], ["a", "a"], ["a", "b"], ["abc"], ["a", "b", "c"], [1, "1"], [{ a: 1 }, { a: 1 }]],
  [{}, { a: "x" }, { b: "x" }, { a: "x", b: "yy" }, { a: 1 }, { a: 0 }, { a: 1, b: 2, c: 3 }, { c: "x" }],
  [{ kind: "A" }, { kind: "A", a: "x" }, { kind: "B", b: "y" }, { kind: "B", b: "yy" }, { kind: "C", a: "x" }],
].flat(1);
