import { capiV1beta1Format, capiV1beta2Format } from "./capi/format.ts";
import { cloudInitFormat } from "./cloud-init/format.ts";
import { filesFormat } from "./files.ts";
import type { Format, FormatName } from "./format.ts";
import { ignitionFormat } from "./ignition/format.ts";
import { jsonFormat } from "./json.ts";
import { prometheusRulesFormat } from "./prometheus-rules.ts";
import { scriptFormat } from "./script/format.ts";

export const formats = {
  files: filesFormat,
  json: jsonFormat,
  script: scriptFormat,
  "cloud-init": cloudInitFormat,
  ignition: ignitionFormat,
  "capi-v1beta1": capiV1beta1Format,
  "capi-v1beta2": capiV1beta2Format,
  "prometheus-rules": prometheusRulesFormat,
} as const satisfies Readonly<Record<FormatName, Format>>;
