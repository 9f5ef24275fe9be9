import type { Path } from "../yaml/read.ts";

/** A path as it is written in findings: `apiServer.extraArgs[0].name`. */
export function pathText(path: Path): string {
  return path
    .join(".")
    .replaceAll(/\.(\d+)(?=\.|$)/g, "[$1]")
    .replaceAll(".[]", "[]");
}
