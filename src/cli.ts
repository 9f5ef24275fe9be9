import { ExitCode } from "./errors.ts";
import { processIo } from "./host/process-io.ts";
import { run } from "./program.ts";

void run(process.argv.slice(2), processIo).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    // A defect of ours: the stack helps to mend it, and no answer must be read from the exit code.
    processIo.err(`error: unexpected: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = ExitCode.environment;
  },
);
