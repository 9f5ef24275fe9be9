import { describe, expect, it } from "vitest";

import { readScript } from "../../src/readers/script.ts";

function commands(text: string): readonly string[] {
  const { model, problems } = readScript({ file: "f", text });
  expect(problems).toEqual([]);
  return model.commands.map(
    (words) => `${words[0]?.position.line}:${words[0]?.position.column} ${words.map(({ value }) => value).join("|")}`,
  );
}

function longest(text: string): string | undefined {
  const { longest: found } = readScript({ file: "f", text }).model;
  return found && `${found.position.line}:${found.position.column} ${found.value}`;
}

describe("commands", () => {
  it.each([
    ["#!/bin/sh\nkillall -0 haproxy\n", ["2:1 killall|-0|haproxy"]],
    ["a 'b c' \"d e\"f\\ g", ["1:1 a|b c|d ef g"]],
    ["a && b || c; d | e & f", ["1:1 a", "1:6 b", "1:11 c", "1:14 d", "1:18 e", "1:22 f"]],
    ["if a; then\n  b\nelif c; then d; else e; fi", ["1:4 a", "2:3 b", "3:6 c", "3:14 d", "3:22 e"]],
    ['x=$(pgrep haproxy)\n[ "$x" = "" ]', ["1:5 pgrep|haproxy", "1:1 x=$()", "2:1 [|$x|=||]"]],
    ['case $(a b) in\n  "x y"*) c ;;\n  *) d ;;\nesac\ne', ["1:8 a|b", "2:11 c", "3:6 d", "5:1 e"]],
    ["f() {\n  a\n}\nf", ["2:3 a", "4:1 f"]],
    ["PATH=/bin a", ["1:11 a"]],
    ["a >/dev/null 2>&1 # b", ["1:1 a|>/dev/null|2>&1"]],
    ["cat <<EOF\nkillall x\nEOF\nb", ["1:1 cat", "4:1 b"]],
    ["cat <<-'E'\n\tkillall x\n\tE\nb", ["1:1 cat", "4:1 b"]],
    ["a `b c` d", ["1:4 b|c", "1:1 a|``|d"]],
    ['x=$((1 + (2)))\ny=${z:-"a b"}\nb', ["1:1 x=$((1 + (2)))", "2:1 y=${z:-a b}", "3:1 b"]],
    ["a \\\n  b", ["1:1 a|b"]],
    ["( a; b ) && c", ["1:3 a", "1:6 b", "1:13 c"]],
    ["x=$( (a) | b )", ["1:7 a", "1:12 b", "1:1 x=$()"]],
    ["a\r\nb\r\n", ["1:1 a", "2:1 b"]],
    ["a $'it\\'s' b", ["1:1 a|$it\\'s|b"]],
  ])("%j", (text, expected) => expect(commands(text)).toEqual(expected));

  it("reports a quote that is not closed", () => {
    const { problems } = readScript({ file: "f", text: 'a\nb "c' });
    expect(problems).toMatchObject([{ position: { line: 2, column: 3 }, message: '" is not closed' }]);
  });
});

describe("longest run", () => {
  it.each([
    ["curl -fsS --max-time 2 http://x", "1:1 2"],
    ["curl -sm 3 http://x", "1:1 3"],
    ["wget -q -T 1 -O /dev/null u", "1:1 1"],
    ["timeout -k 1 2s nc -z h 1", "1:1 2"],
    ["exec timeout 5 a", "1:1 5"],
    ["a\nsleep 2\nb", "2:1 2"],
    ["sleep 1; sleep 1m", "1:10 61"],
    ["if a; then curl -m 2 x; else wget -T 3 x; fi", "1:30 3"],
    ["if a; then exec curl -m 1 x; fi; exec wget -T 1 x", "1:12 1"],
    ["curl -m 2 x || exit 1; curl -m 2 y", "1:1 4"],
    ["for k in 1 2 3; do sleep 1; done", "1:20 3"],
    ["for k in $(seq 1 4); do\n sleep 1\ndone", "2:2 4"],
    ["for k in {1..5}; do sleep 1; done", "1:21 5"],
    ["fail() { exit 1; }\ncurl -m 2 x || fail", "2:1 2"],
    ["case $1 in a) sleep 1 ;; b) sleep 2 ;; esac; sleep 1", "1:29 3"],
    ['sleep "$1"', undefined],
    ["killall -0 haproxy", undefined],
  ])("%j", (text, expected) => expect(longest(text)).toBe(expected));
});
