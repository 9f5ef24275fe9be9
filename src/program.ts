import { parseArguments } from "./commands/arguments.ts";
import { help, overview } from "./commands/help.ts";
import { commands } from "./commands/index.ts";
import { version } from "./commands/version.ts";
import { nearest } from "./config/did-you-mean.ts";
import { ExitCode, UserError } from "./errors.ts";
import { formatFindings, printable, summarize } from "./findings/text.ts";
import type { Io } from "./host/io.ts";

/** Runs one command line; every known failure ends here as words and an exit code. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    if (error instanceof UserError) return report(error, io);
    throw error;
  }
}

function dispatch([name, ...rest]: readonly string[], io: Io): ExitCode | Promise<ExitCode> {
  if (name === "help") {
    const about = commands.find((candidate) => candidate.name === rest[0]);
    return print(about === undefined ? overview() : help(about), io);
  }
  if (name === undefined || wantsHelp([name])) return print(overview(), io);
  if (name === "--version" || name === "-V") return version.run({ arguments: [], options: {}, io });
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) throw new UserError(`there is no command "${name}"${suggestion(name)}`);
  return wantsHelp(rest) ? print(help(command), io) : command.run({ ...parseArguments(command, rest), io });
}

function suggestion(name: string): string {
  const meant = nearest(
    name,
    commands.map((command) => command.name),
  );
  return meant === undefined ? "; kubeadm-ha --help lists them" : `; did you mean ${meant}?`;
}

function print(text: string, io: Io): ExitCode {
  io.out(text);
  return ExitCode.ok;
}

function wantsHelp(words: readonly string[]): boolean {
  return words
    .slice(0, words.includes("--") ? words.indexOf("--") : undefined)
    .some((word) => word === "--help" || word === "-h");
}

function report(error: UserError, io: Io): ExitCode {
  if (error.findings.length > 0) io.err(formatFindings(error.findings));
  io.err(`error: ${error.findings.length > 0 ? summarize(error.findings) : printable(error.message)}\n`);
  return error.exitCode;
}
