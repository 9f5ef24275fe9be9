import { type ExitCode, UserError } from "../../src/errors.ts";
import type { Io } from "../../src/host/io.ts";
import { run } from "../../src/program.ts";

/** What one command line did. */
export interface Outcome {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process on files that exist only here; "-" is standard input. */
export async function runWith(files: Readonly<Record<string, string>>, ...argv: readonly string[]): Promise<Outcome> {
  const written = { out: "", err: "" };
  const io: Io = {
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    read: (path) => {
      const text = files[path];
      if (text === undefined)
        throw new UserError(`cannot read ${path}: ENOENT: no such file or directory, open '${path}'`, { exitCode: 3 });
      return text;
    },
    exists: (path) => files[path] !== undefined,
  };
  const code = await run(argv, io);
  return { code, ...written };
}

/** The same for a command that reads ./ha.yaml. */
export function runOn(configuration: string, ...argv: readonly string[]): Promise<Outcome> {
  return runWith({ "ha.yaml": configuration }, ...argv);
}

/** The lines of a message, without the last, empty one. */
export function linesOf(text: string): readonly string[] {
  return text.split("\n").slice(0, -1);
}
