import type { ExitCode } from "../errors.ts";
import type { Io } from "../host/io.ts";
import type { OptionName, Options } from "./options.ts";

/** A command as a value: help, parser, completion and reference derive from the list of them. */
export interface Command {
  readonly name: string;
  /** Positional arguments as cac writes them, such as `<action>` or `[...paths]`. */
  readonly arguments?: string;
  readonly summary: string;
  readonly options: readonly OptionName[];
  /** Flags in the grammar of another program, which the command itself reads: its arguments are all words. */
  readonly ownFlags?: readonly OwnFlag[];
  /** What --format may be. */
  readonly formats?: readonly string[];
  readonly examples: readonly string[];
  run(invocation: Invocation): ExitCode | Promise<ExitCode>;
}

/** A flag as it is written, with its dashes. */
export interface OwnFlag {
  readonly name: string;
  readonly synopsis: string;
  readonly summary: string;
}

export interface Invocation {
  readonly arguments: readonly string[];
  readonly options: Options;
  readonly io: Io;
}
