import { nearest } from "../config/did-you-mean.ts";
import { UserError } from "../errors.ts";
import { bootstrapFormats, objectKinds } from "../formats/capi/versions.ts";
import type { ClusterApiOptions, Format } from "../formats/format.ts";
import { formats } from "../formats/index.ts";
import type { Io } from "../host/io.ts";
import { limitingNode, readSource } from "./configuration.ts";
import { formatOption } from "./format-option.ts";
import type { Options } from "./options.ts";

/** What --kind, --into and --bootstrap-format ask for; nothing for other formats than Cluster API's. */
export function clusterApiOptions(options: Options, io: Io): Omit<ClusterApiOptions, "restore"> | undefined {
  const { into, output, kind, write } = options;
  const format: Format = formats[formatOption(options)];
  const given = clusterApiFlags.filter((name) => options[name] !== undefined);
  if (format.pool !== true) {
    if (given.length > 0) throw new UserError(`--${given[0]} goes with --format capi-v1beta1 or capi-v1beta2`);
    return undefined;
  }
  if (limitingNode(options) !== undefined)
    throw new UserError("Cluster API makes all machines from one object: leave out --node");
  if (write === true && into === undefined) throw new UserError("--write goes with --into FILE");
  if (write === true && into === "-") throw new UserError("--write needs a file: standard input cannot be changed");
  const beside = [output === undefined ? "" : "-o", kind === undefined ? "" : "--kind"].find((flag) => flag !== "");
  if (into !== undefined && beside !== undefined)
    throw new UserError(`${beside} and --into are two answers: --into changes an object that is there`);
  if (into !== undefined && options["bootstrap-format"] !== undefined)
    throw new UserError(
      "the object of --into says itself what its machines read (format): leave out --bootstrap-format",
    );
  return {
    kind: kindOption(kind),
    bootstrapFormat: bootstrapFormatOption(options["bootstrap-format"]),
    into: into === undefined ? undefined : readSource(into, io),
  };
}

const clusterApiFlags = ["kind", "into", "bootstrap-format", "write"] as const;

// kubectl takes kinds in any case.
function kindOption(asked: string | undefined): ClusterApiOptions["kind"] {
  const kind = objectKinds.find((name) => name.toLowerCase() === asked?.replaceAll("-", "").toLowerCase());
  if (asked === undefined || kind !== undefined) return kind;
  const meant = nearest(asked, objectKinds);
  throw new UserError(
    `--kind ${asked} is unknown; ${meant === undefined ? `there are ${objectKinds.join(", ")}` : `did you mean ${meant}?`}`,
  );
}

function bootstrapFormatOption(asked: string | undefined): ClusterApiOptions["bootstrapFormat"] {
  const format = bootstrapFormats.find((name) => name === asked);
  if (asked === undefined || format !== undefined) return format;
  throw new UserError(`--bootstrap-format is ${bootstrapFormats.join(" or ")}, not ${asked}`);
}
