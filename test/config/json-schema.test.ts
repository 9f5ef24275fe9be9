import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";

import { exampleNames } from "../../scripts/examples.ts";
import schema from "../../src/config/schema.generated.json" with { type: "json" };
import { schemaKeys } from "../../src/config/schema-keys.ts";
import { starter } from "../../src/config/starter.ts";

const root = join(import.meta.dirname, "../..");
const validate = new Ajv({ strict: true }).compile(schema);
const value = (text: string): unknown => parseAllDocuments(text)[0]?.toJS();

describe("the JSON Schema", () => {
  it.each(exampleNames(root))("accepts the example %s", (name) => {
    expect(validate(value(readFileSync(join(root, "manifests", name, "ha.yaml"), "utf8")))).toBe(true);
  });

  it.each([
    ["an unknown key", "virtualIP:", "virtualIp:"],
    ["an unknown key deep down", "  interface:", "  intrface:"],
    ["a wrong word", "provider: keepalived", "provider: keepalive"],
    ["a text for a number", "port: 8443", 'port: "8443"'],
    ["a node without addresses", "{name: cp2, addresses: [192.168.10.12]}", "{name: cp2}"],
    ["another version", "v1alpha1", "v1"],
  ])("refuses %s", (_, good, bad) => {
    const text = starter("keepalived-haproxy");
    expect(validate(value(text))).toBe(true);
    expect(text).toContain(good);
    expect(validate(value(text.replace(good, bad)))).toBe(false);
  });

  it("describes every key", () => {
    const described = JSON.stringify(schema).match(/"description":/g)?.length;
    expect(described).toBe(schemaKeys().length);
  });
});
