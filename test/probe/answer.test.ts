import { expect, test } from "vitest";

import { answerReader } from "../../src/probe/answer.ts";

const cases = [
  ["with a length", "HTTP/1.1 200 OK\r\nX-Member: cp1\r\nContent-Length: 4\r\n\r\nbody", "yes"],
  ["with less than its length", "HTTP/1.1 200 OK\r\nx-member: cp1\r\ncontent-length: 5\r\n\r\nbody", "no"],
  ["in chunks", "HTTP/1.1 200 OK\r\nx-member:cp1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n", "yes"],
  [
    "with the last chunk missing",
    "HTTP/1.1 200 OK\r\nx-member: cp1\r\ntransfer-encoding: chunked\r\n\r\n4\r\nbody\r\n",
    "no",
  ],
  ["of no length", "HTTP/1.0 200 OK\r\nx-member: cp1\r\n\r\nbody", "at-end"],
] as const;

test.each(cases)("an answer %s, at once and byte by byte", (_, text, complete) => {
  expect(answerReader()(text)).toMatchObject({ status: 200, member: "cp1", complete });

  const read = answerReader();
  const answers = Array.from(text, (byte) => read(byte));
  expect(answers.at(-1)).toMatchObject({ status: 200, member: "cp1", complete });
});

test("half a head is no answer yet", () => {
  expect(answerReader()("HTTP/1.1 200 OK\r\nx-member: cp1\r\n")).toMatchObject({ status: 0, complete: "no" });
});

test("what is no HTTP has no status", () => {
  expect(answerReader()("SSH-2.0-OpenSSH\r\n\r\n")).toMatchObject({ status: 0 });
});
