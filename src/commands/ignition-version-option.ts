import { UserError } from "../errors.ts";
import { type IgnitionVersion, ignitionVersions } from "../formats/format.ts";
import { formatOption } from "./format-option.ts";
import type { Options } from "./options.ts";

/** The version of Ignition's specification that is asked for. */
export function ignitionVersionOption(options: Options): IgnitionVersion | undefined {
  const asked = options["ignition-version"];
  if (asked === undefined) return undefined;
  if (formatOption(options) !== "ignition") throw new UserError("--ignition-version goes with --format ignition");
  const version = ignitionVersions.find((known) => asked === known || asked === `${known}.0`);
  if (version === undefined)
    throw new UserError(`--ignition-version is ${ignitionVersions.join(" or ")}, not ${asked}`);
  return version;
}
