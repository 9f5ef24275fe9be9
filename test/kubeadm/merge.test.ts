import { describe, expect, test } from "vitest";
import { parseDocument } from "yaml";

import type { Change } from "../../src/kubeadm/change.ts";
import { mergeDocument } from "../../src/kubeadm/merge.ts";

const change = (set: Change["set"], more: Partial<Change> = {}): Change => ({ set, remove: [], comments: {}, ...more });

describe("places", () => {
  const set = { a: { x: "new", list: ["i"] } };
  test.each<readonly [name: string, before: string, after: string]>([
    ["an absent map", "k: 1\n", "k: 1\na:\n  x: new\n  list:\n    - i\n"],
    ["no line end", "k: 1", "k: 1\na:\n  x: new\n  list:\n    - i"],
    ["an empty key", "a:\nk: 1\n", "a:\n  x: new\n  list:\n    - i\nk: 1\n"],
    [
      "an empty key with comments",
      "a: # one\n  # two\nk: 1\n",
      "a: # one\n  x: new\n  list:\n    - i\n  # two\nk: 1\n",
    ],
    ["an explicit null", "a: null # c\n", "a: {x: new, list: [i]} # c\n"],
    ["an empty flow map", "a: {} # c\n", "a: {x: new, list: [i]} # c\n"],
    ["a flow map", "a: { y: [1, 2] } # c\n", "a: { y: [1, 2], x: new, list: [i] } # c\n"],
    ["a flow map with a trailing comma", "a: {y: 1,}\n", "a: {y: 1, x: new, list: [i],}\n"],
    [
      "a flow map over lines",
      "a: {\n  y: 1, # one\n  z: 2 # two\n}\n",
      "a: {\n  y: 1, # one\n  z: 2, x: new, list: [i] # two\n}\n",
    ],
    ["JSON", '{"a": {"x": "old"}}', '{"a": {"x": "new", "list": ["i"]}}'],
    [
      "a list at the key's own depth",
      "a:\n    list:\n    - h # c\n\n    # d\nk: 1\n",
      "a:\n    list:\n    - h # c\n    - i\n    x: new\n\n    # d\nk: 1\n",
    ],
    ["an indented list", "a:\n  x: new\n  list:\n      - h\n", "a:\n  x: new\n  list:\n      - h\n      - i\n"],
    ["a flow list", 'a:\n  x: new\n  list: [h, "j"] # c\n', 'a:\n  x: new\n  list: [h, "j", i] # c\n'],
    ["an empty list", "a:\n  x: new\n  list: []\n", "a:\n  x: new\n  list: [i]\n"],
    ["an empty list key", "a:\n  list:\n  x: new\n", "a:\n  list:\n    - i\n  x: new\n"],
    ["quotes", "a:\n  list: [h]\n  x: 'old' # c\n", "a:\n  list: [h, i]\n  x: 'new' # c\n"],
    ["double quotes", 'a: {"x": "old", list: []}\n', 'a: {"x": "new", list: [i]}\n'],
    ["a block scalar", "a:\n  x: |\n    old\n  list: []\n", 'a:\n  x: "new"\n  list: [i]\n'],
    [
      "a block scalar at the end",
      "a:\n  x: new\n  list: []\n  z: |\n    text\n\nk: 1\n",
      "a:\n  x: new\n  list: [i]\n  z: |\n    text\n\nk: 1\n",
    ],
    ["CRLF", "a:\r\n  y: 1 # c\r\nk: 1\r\n", "a:\r\n  y: 1 # c\r\n  x: new\r\n  list:\r\n    - i\r\nk: 1\r\n"],
    [
      "a separator and tail comments",
      "--- # head\na:\n  y: 1\n# tail\n...\n",
      "--- # head\na:\n  y: 1\n  x: new\n  list:\n    - i\n# tail\n...\n",
    ],
    ["a shape that does not fit", "a: text\n", "a: text\n"],
  ])("%s", (_, before, after) => {
    const merged = mergeDocument(before, change(set));
    expect(merged).toBe(after);
    expect(parseDocument(merged).errors).toEqual([]);
  });
});

test("comments stand above what was added, and only there", () => {
  const comments = { a: "about a", "a.x": "about x\nmore", "a.list": "about list", b: "about b" };
  expect(mergeDocument("k: 1\n", change({ a: { x: 1, list: ["i"] } }, { comments }))).toBe(
    "k: 1\n# about a\na:\n  # about x\n  # more\n  x: 1\n  # about list\n  list:\n    - i\n",
  );
  expect(mergeDocument("a:\n  list:\n  - h\n", change({ a: { list: ["i"] } }, { comments }))).toBe(
    "a:\n  list:\n  - h\n  # about list\n  - i\n",
  );
});

describe("anchors", () => {
  test.each<readonly [name: string, before: string, after: string, set: Change["set"]]>([
    [
      "an alias of what changes keeps the old value",
      "a: &m\n  q: 1\nb: *m\n",
      "a: &m\n  q: 1\n  x: new\nb: {q: 1}\n",
      { a: { x: "new" } },
    ],
    [
      "an alias that changes is written out",
      "b: &m {q: 1}\na: *m # c\n",
      "b: &m {q: 1}\na: {q: 1, x: new} # c\n",
      { a: { x: "new" } },
    ],
    ["a list", "b: &m [h]\na: *m\n", "b: &m [h]\na: [h, i]\n", { a: ["i"] }],
    ["a scalar", "a: &m old\nb: *m\n", "a: &m new\nb: old\n", { a: "new" }],
    ["an alias of a scalar", "b: &m old\na: *m\n", "b: &m old\na: new\n", { a: "new" }],
    ["anchors elsewhere", "a:\n  y: &m 1\nb: *m\n", "a:\n  y: &m 1\n  x: new\nb: *m\n", { a: { x: "new" } }],
  ])("%s", (_, before, after, set) => {
    expect(mergeDocument(before, change(set))).toBe(after);
  });

  test("what is removed leaves its value where it is meant too", () => {
    expect(mergeDocument("a: {y: &m v}\nb: *m\n", change({}, { remove: ["a"] }))).toBe("b: v\n");
  });
});

test.each([
  ["k: 1\na:\n  b: 1\n  # in\n# after\nc: 2\n", "k: 1\n  # in\n# after\nc: 2\n"],
  ["{k: 1, a: {b: 1}, c: 2}", "{k: 1, c: 2}"],
  ["{k: 1, a: {b: 1}}", "{k: 1}"],
  ["{a: {b: 1}, c: 2}", "{c: 2}"],
  ["k: 1\na:\n- b", "k: 1\n"],
])("removing a from %j", (before, after) => {
  expect(mergeDocument(before, change({}, { remove: ["a"] }))).toBe(after);
});

test("every combination of styles keeps what was there", () => {
  const first = [
    "",
    "server:\n",
    "server: # empty\n",
    "server: {}\n",
    "server:\n    names: [one]   # odd\n",
    "server:\n  names:\n  - one\n\n  # hint\n",
    'server: {"names": ["one", ], port: 1}\n',
    "server: &s\n  names: &n [one]\nother: *s\nnames: *n\n",
  ];
  const second = [
    "",
    "node: {name: 'old' , }\n",
    'node:\n  args:\n    v: "2" # loud\n  name:    old\n',
    "node:\n  name: old\n  text: |+\n    kept\n\n",
  ];
  const cases = first.flatMap((a) =>
    second.flatMap((b) => ["", "# tail\n", "last: 1"].map((c) => `kind: X # k\n${a}${b}${c}`)),
  );
  for (const text of cases)
    for (const variant of [text, `---\n${text}`, text.replaceAll("\n", "\r\n"), text.replace(/\n$/, "")])
      checkKept(variant);
});

function checkKept(before: string): void {
  const wanted = { server: { names: ["two"], port: 6443 }, node: { name: "new", args: { ip: "10.0.0.1" } } };
  const after = mergeDocument(before, change(wanted));
  const merged = parseDocument(after);
  expect(merged.errors, before).toEqual([]);
  const was = (parseDocument(before).toJS() ?? {}) as {
    server?: { names?: string[] } | null;
    node?: { args?: object } | null;
  };
  const [server, node] = [was.server ?? {}, was.node ?? {}];
  expect(merged.toJS(), before).toEqual({
    ...was,
    server: { ...server, names: [...(server.names ?? []), "two"], port: 6443 },
    node: { ...node, name: "new", args: { ...node.args, ip: "10.0.0.1" } },
  });
  // All that was there is still there, in its order, but for the scalars that were replaced and the aliases of changed values.
  const kept = before.replace(/old/, "").replace("*s", "").replace("*n", "").replace("port: 1", "");
  expect(isSubsequence(kept, after), before).toBe(true);
  // Once more changes nothing; the list is completed by the caller only where something is missing.
  expect(mergeDocument(after, change({ ...wanted, server: { port: 6443 } })), before).toBe(after);
  expect(before.includes("\r\n") ? after.replaceAll("\r\n", "") : "", before).not.toMatch(/[\r\n]/);
}

function isSubsequence(part: string, whole: string): boolean {
  let position = 0;
  for (const character of part) {
    position = whole.indexOf(character, position) + 1;
    if (position === 0) return false;
  }
  return true;
}
