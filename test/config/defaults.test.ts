import * as v from "valibot";
import { describe, expect, it } from "vitest";

import { type DefaultKey, defaults, type Draft } from "../../src/config/defaults.ts";
import { configurationSchema } from "../../src/config/schema.ts";
import { entriesOf, itemOf, schemaKeys } from "../../src/config/schema-keys.ts";

const drafts: readonly Draft[] = (["conservative", "balanced", "fast"] as const).map((failover) => ({
  configuration: {
    apiVersion: "kubeadm-ha.io/v1alpha1",
    kind: "HAConfiguration",
    failover,
    virtualIP: { addresses: ["192.168.10.100/24"] },
  },
  apiServerPort: 6443,
}));

describe("the table of defaults", () => {
  it.each(Object.keys(defaults) as DefaultKey[])(
    "%s: its value is one the schema accepts, and it has a reason",
    (key) => {
      const schema = schemaOf(key);
      expect(defaults[key].reason).not.toBe("");
      for (const draft of drafts) {
        const value = defaults[key].value(draft);
        if (value !== undefined) expect(v.safeParse(schema, value).issues).toBeUndefined();
      }
    },
  );

  it("names only keys that exist, and every leaf that is built has a default or needs none", () => {
    const keys = schemaKeys().map(({ key }) => key);
    for (const key of Object.keys(defaults)) expect(keys).toContain(key);
  });

  it("every key has a description", () => {
    expect(schemaKeys().filter(({ description }) => description === "")).toEqual([]);
  });
});

function schemaOf(key: string): v.GenericSchema {
  return key.split(".").reduce<v.GenericSchema>((schema, step) => {
    const entry = entriesOf(schema)?.[step.replace("[]", "")];
    if (entry === undefined) throw new Error(`no key ${step}`);
    return step.endsWith("[]") ? (itemOf(entry) ?? entry) : entry;
  }, configurationSchema);
}
