import { spawnSync } from "node:child_process";

import { errorCode } from "./files.ts";

/** How a program ended; `missing` when there is none of this name. */
export type ProgramResult =
  | { readonly state: "ended"; readonly status: number | null; readonly stdout: string; readonly stderr: string }
  | { readonly state: "missing" };

/** Runs a program without a shell and waits for it, ten seconds at most; `machine` stands for "/" of the usual places. */
export function runProgram([program = "", ...words]: readonly string[], machine = ""): ProgramResult {
  const env = { ...process.env, PATH: programPlaces(machine).join(":") };
  const { error, status, stdout, stderr } = spawnSync(program, words, {
    encoding: "utf8",
    env,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 10_000,
    killSignal: "SIGKILL",
  });
  if (errorCode(error) === "ENOENT" || errorCode(error) === "EACCES") return { state: "missing" };
  return { state: "ended", status, stdout: stdout ?? "", stderr: stderr ?? "" };
}

/**
 * The directories where programs are looked for. After a plain `su` those of the administrator are not in PATH;
 * an empty entry of it would be the current directory.
 */
export function programPlaces(machine = ""): readonly string[] {
  const usual = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];
  return [...(process.env["PATH"] ?? "").split(":").filter(Boolean), ...usual.map((place) => `${machine}${place}`)];
}
