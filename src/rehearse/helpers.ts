import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

import { ExitCode, UserError } from "../errors.ts";

/** What runs in the rehearsal's machines: files of the build beside the program. */
export const helperFiles = { apiServer: "api-server.cjs", probe: "probe.cjs" } as const;

/** Directory of the helpers' files: beside the running program, or the build of the sources that run. */
export function helpersDirectory(program: string | undefined = process.argv[1]): string {
  const start = dirname(
    program === undefined || !existsSync(program) ? join(process.cwd(), "-") : realpathSync(program),
  );
  for (let directory = start; ; directory = dirname(directory)) {
    const found = [directory, join(directory, "dist")].find(hasHelpers);
    if (found !== undefined) return found;
    if (dirname(directory) === directory) break;
  }
  throw new UserError(
    `${helperFiles.probe} and ${helperFiles.apiServer} are not beside the program: install it again`,
    {
      exitCode: ExitCode.environment,
    },
  );
}

function hasHelpers(directory: string): boolean {
  return Object.values(helperFiles).every((file) => existsSync(join(directory, file)));
}
