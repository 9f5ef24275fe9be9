import { describe, expect, test } from "vitest";

import { PatchError } from "../../src/render/patch/json.ts";
import { jsonPatch } from "../../src/render/patch/json-patch.ts";

describe("RFC 6902", () => {
  test.each([
    ["adds to a map", { a: 1 }, [{ op: "add", path: "/b", value: [1] }], { a: 1, b: [1] }],
    ["adds before an item", { a: [1, 2] }, [{ op: "add", path: "/a/1", value: 9 }], { a: [1, 9, 2] }],
    ["adds at the end", { a: [1] }, [{ op: "add", path: "/a/-", value: 2 }], { a: [1, 2] }],
    [
      "removes",
      { a: [1, 2], b: 1 },
      [
        { op: "remove", path: "/a/0" },
        { op: "remove", path: "/b" },
      ],
      { a: [2] },
    ],
    ["replaces", { a: [1, { b: 2 }] }, [{ op: "replace", path: "/a/1/b", value: null }], { a: [1, { b: null }] }],
    ["moves", { a: [1, 2], b: {} }, [{ op: "move", from: "/a/0", path: "/b/c" }], { a: [2], b: { c: 1 } }],
    ["copies", { a: { x: 1 } }, [{ op: "copy", from: "/a", path: "/b" }], { a: { x: 1 }, b: { x: 1 } }],
    ["unescapes", { "a/b": { "~": 1 } }, [{ op: "replace", path: "/a~1b/~0", value: 2 }], { "a/b": { "~": 2 } }],
    [
      "tests without regard to order",
      { a: { x: 1, y: 2 } },
      [{ op: "test", path: "/a", value: { y: 2, x: 1 } }],
      { a: { x: 1, y: 2 } },
    ],
    ["replaces the whole", { a: 1 }, [{ op: "replace", path: "", value: { b: 2 } }], { b: 2 }],
  ])("%s", (_, target, patch, expected) => {
    expect(jsonPatch(target, patch)).toEqual(expected);
  });

  test.each([
    ["removes what is not there", [{ op: "remove", path: "/c" }], "there is no /c"],
    ["replaces what is not there", [{ op: "replace", path: "/a/5", value: 1 }], "there is no /5"],
    ["adds past the end", [{ op: "add", path: "/a/3", value: 1 }], "none can be at 3"],
    ["counts with a leading zero", [{ op: "add", path: "/a/01", value: 1 }], "no place in a list"],
    ["fails a test", [{ op: "test", path: "/a", value: 1 }], "the test of /a failed"],
    ["has no value", [{ op: "add", path: "/b" }], "has no value"],
    ["has an operation of its own", [{ op: "put", path: "/b", value: 1 }], '"put" is none of'],
    ["has a path without a slash", [{ op: "add", path: "b", value: 1 }], "is no path"],
    ["is no list", { a: 1 }, "is a list of operations"],
  ])("refuses a patch that %s", (_, patch, message) => {
    expect(() => jsonPatch({ a: [1] }, patch)).toThrow(PatchError);
    expect(() => jsonPatch({ a: [1] }, patch)).toThrow(message);
  });
});
