import { nearest } from "../config/did-you-mean.ts";
import { UserError } from "../errors.ts";
import { type Form, forms, type HolderRank, holderRanks } from "../rehearse/measurement.ts";
import { type ReportFormatName, reportFormatNames } from "../report/report.ts";
import { type FaultName, faultNames, isSlow } from "../timing/fault-names.ts";
import type { Options } from "./options.ts";

/** What flags ask of a rehearsal. */
export interface RehearsalRequest {
  readonly faults: readonly FaultName[];
  readonly repetitions: number;
  readonly holder: HolderRank | "both";
  /** Undefined: as the files are made for. */
  readonly form: Form | undefined;
  readonly format: ReportFormatName;
  readonly samples: string | undefined;
}

/** Reads the flags; a value that is wrong ends in a UserError. */
export function rehearsalRequest(options: Options): RehearsalRequest {
  const { as: form } = options;
  return {
    faults: requestedFaults(options.faults),
    repetitions: repetitions(options.repetitions ?? "1"),
    holder: oneOf("holder", options.holder ?? "first", [...holderRanks, "both"]),
    form: form === undefined ? undefined : oneOf("as", form, forms),
    format: oneOf("format", options.format ?? "text", reportFormatNames),
    samples: options.samples,
  };
}

/** The faults of --faults, in the order of the tables; all but the two that take long where none are asked for. */
export function requestedFaults(text: string | undefined): readonly FaultName[] {
  if (text === undefined) return faultNames.filter((name) => !isSlow(name));
  const asked = new Set(text.split(",").map((name) => oneOf("faults", name.trim(), faultNames)));
  return faultNames.filter((name) => asked.has(name));
}

function repetitions(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > 1000)
    throw new UserError(`--repetitions ${text}: write a number from 1 to 1000`);
  return count;
}

function oneOf<Name extends string>(flag: string, text: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === text);
  if (found !== undefined) return found;
  const meant = nearest(text, names);
  throw new UserError(
    `--${flag} ${text} is unknown; ${meant === undefined ? `there are ${names.join(", ")}` : `did you mean ${meant}?`}`,
  );
}
