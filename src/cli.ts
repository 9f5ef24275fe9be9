import { processIo } from "./host/process-io.ts";
import { run } from "./program.ts";

void run(process.argv.slice(2), processIo).then((exitCode) => {
  process.exitCode = exitCode;
});
