import { describe, expect, it } from "vitest";

import { haproxyDialect, keepalivedDialect, nginxDialect } from "../../src/readers/dialects.ts";
import { type Dialect, tokenize } from "../../src/readers/tokenize.ts";

/** `1:5 word`, with marks as they are written. */
function read(text: string, dialect: Dialect): readonly string[] {
  const marks = { open: "{", close: "}", end: ";", line: "⏎" };
  return tokenize({ file: "f", text }, dialect).tokens.map((token) => {
    const shown = token.kind === "word" ? (token.quoted ? JSON.stringify(token.text) : token.text) : marks[token.kind];
    return `${token.position.line}:${token.position.column} ${shown}`;
  });
}

function problems(text: string, dialect: Dialect): readonly string[] {
  return tokenize({ file: "f", text }, dialect).problems.map(
    ({ position, message }) => `${position.line}:${position.column} ${message}`,
  );
}

describe("keepalived", () => {
  it.each([
    ["a b\nc", ["1:1 a", "1:3 b", "1:4 ⏎", "2:1 c"]],
    ["a{b}c", ["1:1 a", "1:2 {", "1:3 b", "1:4 }", "1:5 c"]],
    ['a # x { "\n!y\nb', ["1:1 a", "1:10 ⏎", "2:3 ⏎", "3:1 b"]],
    ["a#b", ["1:1 a"]],
    [String.raw`a\#b \!c \d`, [String.raw`1:1 a#b`, "1:6 !c", String.raw`1:10 \d`]],
    ['script "a b # c" d', ["1:1 script", '1:8 "a b # c"', "1:18 d"]],
    ['a"b c"d', ["1:1 a", '1:2 "b c"', "1:7 d"]],
    [String.raw`"a \"b\" c"`, [String.raw`1:1 "a \"b\" c"`]],
    ["router_id ${NAME}", ["1:1 router_id", "1:11 ${NAME}"]],
    ["priority {{ p }} x", ["1:1 priority", "1:10 {{ p }}", "1:18 x"]],
    ["{% if a %}", ["1:1 {% if a %}"]],
    ["a\r\nb\r\n", ["1:1 a", "1:3 ⏎", "2:1 b", "2:3 ⏎"]],
    ["\ufeffa", ["1:1 a"]],
    ["\u{1f600} a", ["1:1 \u{1f600}", "1:4 a"]],
    ["a ; b", ["1:1 a", "1:3 ;", "1:5 b"]],
    ["", []],
  ])("%j", (text, expected) => {
    expect(read(text, keepalivedDialect)).toEqual(expected);
    expect(problems(text, keepalivedDialect)).toEqual([]);
  });

  it("goes on after a quote that is not closed", () => {
    expect(read('a "b c\nd', keepalivedDialect)).toEqual(["1:1 a", '1:3 "b c"', "1:7 ⏎", "2:1 d"]);
    expect(problems('a "b c\nd', keepalivedDialect)).toEqual(['1:3 the quote " is not closed']);
  });
});

describe("haproxy", () => {
  it.each([
    [
      `log-format "a 'b' \\"c\\"" 'd "e" \\n'#f`,
      ["1:1 log-format", '1:12 "a \'b\' \\"c\\""', '1:26 "d \\"e\\" \\\\n"'],
    ],
    ["a\\ b c\\#d", ["1:1 a b", "1:6 c#d"]],
    [`a"b c"'d'e`, ['1:1 "ab cde"']],
    [
      "use_backend x if { nbsrv lt 1 }",
      ["1:1 use_backend", "1:13 x", "1:15 if", "1:18 {", "1:20 nbsrv", "1:26 lt", "1:29 1", "1:31 }"],
    ],
    ['bind "${ADDR}:6443"', ["1:1 bind", '1:6 "${ADDR}:6443"']],
  ])("%j", (text, expected) => {
    expect(read(text, haproxyDialect)).toEqual(expected);
    expect(problems(text, haproxyDialect)).toEqual([]);
  });
});

describe("nginx", () => {
  it.each([
    ["server { listen 1; } #x", ["1:1 server", "1:8 {", "1:10 listen", "1:17 1", "1:18 ;", "1:20 }"]],
    ["a b#c 'd\ne' f\"g;", ["1:1 a", "1:3 b#c", '1:7 "d\\ne"', '2:4 f"g', "2:7 ;"]],
    ["proxy_pass ${x}y;", ["1:1 proxy_pass", "1:12 ${x}y", "1:17 ;"]],
    [String.raw`a "b\"c\d" e\;`, [String.raw`1:1 a`, String.raw`1:3 "b\"c\\d"`, String.raw`1:12 e\;`]],
  ])("%j", (text, expected) => {
    expect(read(text, nginxDialect)).toEqual(expected);
    expect(problems(text, nginxDialect)).toEqual([]);
  });

  it("comes back to the line of a quote that is not closed", () => {
    expect(read("a 'b;\nc d;", nginxDialect)).toEqual(["1:1 a", '1:3 "b;"', "1:6 ⏎", "2:1 c", "2:3 d", "2:4 ;"]);
    expect(problems("a 'b;\nc d;", nginxDialect)).toEqual(["1:3 the quote ' is not closed"]);
  });
});

it("leaves comments out", () => {
  expect(read("a # b\r\n  !c", keepalivedDialect)).toEqual(["1:1 a", "1:7 ⏎"]);
});

it("reports NUL once", () => {
  expect(problems("a\n\0b\0", keepalivedDialect)).toEqual(["2:1 the text holds a NUL character"]);
});

it.each([
  ["{".repeat(200_000), "braces"],
  ["a ".repeat(100_000), "words"],
  ["x".repeat(200_000), "one word"],
  ['"'.repeat(200_001), "quotes"],
  ["'\n\"\n".repeat(50_000), "open quotes"],
  ["\\".repeat(200_001), "backslashes"],
  ["${".repeat(100_000), "variables"],
  ["\n".repeat(200_000), "lines"],
])("is linear, case %#", (text) => {
  for (const dialect of [keepalivedDialect, haproxyDialect, nginxDialect]) {
    // Time of this process, not of the machine: others may be busy beside it.
    const begin = process.cpuUsage();
    tokenize({ file: "f", text }, dialect);
    expect(process.cpuUsage(begin).user / 1000).toBeLessThan(1000);
  }
});
