import { ExitCode } from "../errors.ts";
import type { Command } from "./command.ts";

/** Put in by the build from package.json. */
declare const __VERSION__: string;

export const version: Command = {
  name: "version",
  summary: "print the version",
  options: [],
  examples: [],
  run: ({ io }) => {
    io.out(`kubeadm-ha ${__VERSION__}\n`);
    return ExitCode.ok;
  },
};
