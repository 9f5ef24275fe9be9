import { filesFormat } from "./files.ts";
import type { Format, FormatName } from "./format.ts";
import { jsonFormat } from "./json.ts";

export const formats = { files: filesFormat, json: jsonFormat } as const satisfies Readonly<Record<FormatName, Format>>;
