import { spawnSync } from "node:child_process";
import { closeSync, createWriteStream, openSync, rmSync } from "node:fs";

/**
 * The reading end of a pipe that holds a text; to be closed by whoever has passed it on. What node makes
 * of `stdio: "pipe"` is a socket, which no program can open as /dev/stdin, and with which bash believes
 * to run for rshd and reads ~/.bashrc: https://www.gnu.org/software/bash/manual/html_node/Bash-Startup-Files.html
 */
export function pipeWith(text: string, file: string): number {
  const { status, error, stderr } = spawnSync("mkfifo", [file], { encoding: "utf8" });
  if (status !== 0) throw new Error(`mkfifo: ${error?.message ?? stderr}`);
  // To open one end alone would wait for the other.
  const both = openSync(file, "r+");
  const reading = openSync(file, "r");
  const writing = openSync(file, "w");
  closeSync(both);
  rmSync(file);
  // A program that does not read its input closes the pipe early.
  createWriteStream("", { fd: writing })
    .on("error", () => {})
    .end(text);
  return reading;
}
