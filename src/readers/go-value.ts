import { isRecord } from "../config/paths.ts";
import type { Path, YamlDocument } from "../yaml/read.ts";

/**
 * The value of a document as kubeadm, the kubelet and kubectl read it: their library keeps to YAML 1.1,
 * where `yes` without quotes is a boolean, `1_000` a number and `<<` puts one map into another.
 * https://github.com/yaml/go-yaml/blob/v2/resolve.go
 */
export function goValue(document: Pick<YamlDocument, "value" | "plainText">): unknown {
  return read(document.value, [], document);
}

function read(value: unknown, path: Path, document: Pick<YamlDocument, "plainText">): unknown {
  if (Array.isArray(value)) return value.map((item: unknown, index) => read(item, [...path, index], document));
  if (isRecord(value)) {
    const entries = Object.entries(value).map(([key, entry]) => [key, read(entry, [...path, key], document)] as const);
    return withMerges(Object.fromEntries(entries));
  }
  return typeof value === "string" || typeof value === "number" ? scalar(value, document.plainText(path)) : value;
}

function scalar(value: string | number, plain: string | undefined): unknown {
  if (plain === undefined) return value;
  if (typeof value === "number") return /^[-+]?0[0-7]+$/.test(plain) ? Number.parseInt(plain, 8) : value;
  if (/^(?:y|Y|yes|Yes|YES|on|On|ON)$/.test(plain)) return true;
  if (/^(?:n|N|no|No|NO|off|Off|OFF)$/.test(plain)) return false;
  const digits = plain.replaceAll("_", "");
  return /^(?:[-+]?\d+(?:\.\d*)?|[-+]?0b[01]+)$/.test(digits) ? Number(digits) : value;
}

// What stands in a map itself wins; of several maps, the first.
function withMerges(value: Readonly<Record<string, unknown>>): unknown {
  const sources = [value["<<"]].flat();
  if (sources.length === 0 || !sources.every(isRecord)) return value;
  const { "<<": _, ...own } = value;
  return Object.fromEntries([...sources.toReversed().flatMap(Object.entries), ...Object.entries(own)]);
}
