import { isUtf8 } from "node:buffer";
import { closeSync, existsSync, fstatSync, openSync, readSync, statSync, writeSync } from "node:fs";

import { ExitCode, UserError } from "../errors.ts";
import { maxFileBytes } from "../yaml/refusal.ts";
import { errorCode } from "./files.ts";
import type { Io } from "./io.ts";

/** The process's own files and streams. */
export const processIo: Io = {
  out: (text) => writeAll(1, text),
  err: (text) => writeAll(2, text),
  read: readText,
  exists: existsSync,
  isDirectory: (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true,
  // https://no-color.org; node:tty would load the network with it.
  colour: () =>
    (process.env["NO_COLOR"] ?? "") === "" && process.env["TERM"] !== "dumb" && fstatSync(1).isCharacterDevice(),
};

// process.stdout costs a millisecond to set up and loses output at exit when it is a pipe.
function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      if (errorCode(error) === "EAGAIN") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      else if (errorCode(error) === "EPIPE") return;
      else throw new UserError(`cannot write: ${reason(error)}`, { exitCode: ExitCode.environment, cause: error });
    }
  }
}

function readText(path: string): string {
  try {
    const descriptor = path === "-" ? 0 : openSync(path, "r");
    try {
      return decode(readBounded(descriptor), path);
    } finally {
      if (descriptor !== 0) closeSync(descriptor);
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`cannot read ${path === "-" ? "standard input" : path}: ${reason(error)}`, {
      exitCode: ExitCode.environment,
      cause: error,
    });
  }
}

/** One line of standard input without its end: whoever types at a terminal does not end it. */
export function readLine(): string {
  const bytes: Buffer[] = [];
  for (
    let byte = Buffer.alloc(1);
    readChunk(0, byte) > 0 && byte[0] !== 10 && bytes.length < 1000;
    byte = Buffer.alloc(1)
  )
    bytes.push(byte);
  return Buffer.concat(bytes).toString();
}

// One byte over the limit is read, so that the reader of the text refuses it with a position.
function readBounded(descriptor: number): Buffer {
  const chunks: Buffer[] = [];
  let total = 0;
  while (total <= maxFileBytes) {
    const chunk = Buffer.alloc(64 * 1024);
    const length = readChunk(descriptor, chunk);
    if (length === 0) break;
    chunks.push(chunk.subarray(0, length));
    total += length;
  }
  return Buffer.concat(chunks);
}

function readChunk(descriptor: number, chunk: Buffer): number {
  try {
    return readSync(descriptor, chunk);
  } catch (error) {
    if (errorCode(error) === "EOF") return 0;
    if (errorCode(error) !== "EAGAIN") throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    return readChunk(descriptor, chunk);
  }
}

function decode(bytes: Buffer, path: string): string {
  if (!isUtf8(bytes)) throw new UserError(`${path} is not UTF-8 text`);
  return bytes.toString("utf8");
}

function reason(error: unknown): string {
  if (errorCode(error) === "EISDIR") return "it is a directory; name a file";
  return error instanceof Error ? error.message : String(error);
}
