import { UserError } from "../errors.ts";
import type { FormatName } from "../formats/format.ts";
import { formats } from "../formats/index.ts";
import type { Options } from "./options.ts";

/** The format that is asked for; `-o json` is a mistake that people bring along from kubectl. */
export function formatOption(options: Options): FormatName {
  const asked = options.format ?? "files";
  if (isFormatName(options.output))
    throw new UserError(
      `-o is a directory; for the shape write --format ${options.output} (a directory of this name: -o ./${options.output})`,
    );
  if (isFormatName(asked)) return asked;
  throw new UserError(`--format ${asked} is unknown; there are ${Object.keys(formats).join(", ")}`);
}

function isFormatName(text: string | undefined): text is FormatName {
  return text !== undefined && Object.hasOwn(formats, text);
}
