import type { Finding } from "./findings/finding.ts";

/** What the process ends with; the meaning of each code is part of the command line's contract. */
export const ExitCode = {
  /** Done; warnings are allowed. */
  ok: 0,
  /** The answer is no: findings, a difference, a failed preflight. */
  no: 1,
  /** Wrong usage, or an invalid configuration for a command that needs a valid one. */
  usage: 2,
  /** The surroundings failed: file system, permission, missing program. */
  environment: 3,
  /** Interrupted by the user. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** A mistake of the user or a failure of the surroundings: printed without a stack trace. */
export class UserError extends Error {
  readonly exitCode: ExitCode;
  readonly findings: readonly Finding[];

  constructor(message: string, options: UserErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "UserError";
    this.exitCode = options.exitCode ?? ExitCode.usage;
    this.findings = options.findings ?? [];
  }
}

interface UserErrorOptions {
  readonly exitCode?: ExitCode;
  readonly findings?: readonly Finding[];
  readonly cause?: unknown;
}
