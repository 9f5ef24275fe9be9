/**
 * What the specification allows where our configurations write something: nothing unknown, and what must be there is.
 * https://coreos.github.io/ignition/configuration-v3_4/
 */
export const schemaV3 = configuration("3.4.0", {
  node: { properties: { path: absolutePath(), user: owner(), group: owner() }, required: ["path"] },
  contents: {
    properties: { source: url(), compression: { enum: [null, "", "gzip"] }, verification: verification() },
    required: [],
  },
  // "contents.source must be specified if overwrite is true."
  file: { anyOf: [{ properties: { overwrite: { const: false } } }, withSource()] },
});

/** https://github.com/coreos/ignition/blob/v0.35.0/doc/configuration-v2_3.md */
export const schemaV2 = configuration("2.3.0", {
  node: {
    properties: { filesystem: { type: "string", minLength: 1 }, path: absolutePath(), user: owner(), group: owner() },
    required: ["filesystem", "path"],
  },
  contents: {
    properties: { source: url(), compression: { enum: ["", "gzip"] }, verification: verification() },
    required: [],
  },
  file: { not: { required: ["append", "overwrite"] } },
});

interface Version {
  readonly node: ObjectParts;
  readonly contents: ObjectParts;
  /** What else holds for a file. */
  readonly file: object;
}

interface ObjectParts {
  readonly properties: Readonly<Record<string, object>>;
  readonly required: readonly string[];
}

function configuration(version: string, { node, contents, file }: Version): object {
  const mode = { type: "integer", minimum: 0, maximum: 0o7777 };
  const overwrite = { type: "boolean" };
  const nodes = (more: Readonly<Record<string, object>>, also: object = {}): object => ({
    type: "array",
    items: { ...closed({ ...node, properties: { ...node.properties, overwrite, mode, ...more } }), ...also },
  });
  return closed({
    properties: {
      ignition: closed({ properties: { version: { const: version } }, required: ["version"] }),
      storage: closed({
        properties: { directories: nodes({}), files: nodes({ contents: closed(contents) }, file) },
        required: [],
      }),
      systemd: closed({ properties: { units: { type: "array", items: unit() } }, required: [] }),
    },
    required: ["ignition"],
  });
}

function unit(): object {
  const types = "service|socket|device|mount|automount|swap|target|path|timer|snapshot|slice|scope";
  return closed({
    properties: {
      name: { type: "string", pattern: `^[A-Za-z0-9:_.\\\\@-]+\\.(${types})$` },
      enabled: { type: "boolean" },
      mask: { type: "boolean" },
      // "In order for this to have any effect, the unit must have an install section."
      contents: { type: "string", pattern: "\\n\\[Install\\]\\n" },
    },
    required: ["name"],
  });
}

function closed({ properties, required }: ObjectParts): object {
  return { type: "object", properties, required, additionalProperties: false };
}

function absolutePath(): object {
  return { type: "string", pattern: "^(/[^/]+)+$" };
}

function owner(): object {
  return closed({ properties: { id: { type: "integer" }, name: { type: "string" } }, required: [] });
}

function verification(): object {
  return closed({ properties: { hash: { type: "string", pattern: "^sha(256|512)-[0-9a-f]+$" } }, required: [] });
}

// RFC 2397 with the characters of RFC 2396, by which the decoder goes.
function url(): object {
  const character = "[A-Za-z0-9;/:@&=+$,_.!~*'()-]|%[0-9A-F]{2}";
  return { type: "string", pattern: `^data:(,(${character})*|;base64,[A-Za-z0-9+/]+=*)$` };
}

function withSource(): object {
  return { required: ["contents"], properties: { contents: { type: "object", required: ["source"] } } };
}
