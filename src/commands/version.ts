import { ExitCode } from "../errors.ts";
import type { Command } from "./command.ts";

/** Put in by the build from package.json. */
declare const __VERSION__: string;

/** The version of this program. */
export const programVersion = __VERSION__;

export const version: Command = {
  name: "version",
  summary: "print the version",
  options: [],
  examples: [],
  run: ({ io }) => {
    io.out(`kubeadm-ha ${programVersion}\n`);
    return ExitCode.ok;
  },
};
