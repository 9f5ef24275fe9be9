import { filesFormat } from "./files.ts";
import type { Format, FormatName } from "./format.ts";
import { jsonFormat } from "./json.ts";
import { scriptFormat } from "./script/format.ts";

export const formats = {
  files: filesFormat,
  json: jsonFormat,
  script: scriptFormat,
} as const satisfies Readonly<Record<FormatName, Format>>;
