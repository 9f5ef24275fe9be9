import type { NodePicture } from "../../model/picture.ts";
import type { FileRule, Hit } from "../rule.ts";
import { checkFile, trackedScripts } from "./checks.ts";
import { scriptPath } from "./place.ts";

export const KA09: FileRule = {
  id: "KA09",
  name: "script-path",
  aliases: ["VRRP-SCRIPT-PROC"],
  scope: "keepalived",
  severity: "error",
  summary: "A check is named by its absolute path, exists and is executable.",
  reason:
    "keepalived disables a check that it cannot find or that others could write, and goes on without it: https://www.keepalived.org/manpage.html",
  remedy: "name the program by its absolute path and install it with mode 0755",
  check: (model, { node }) =>
    trackedScripts(model).flatMap((script): readonly Hit[] => {
      const at = { position: (script.command ?? script.keyword).position, path: scriptPath(script, "script") };
      if (script.command === undefined) return [{ ...at, message: `${script.name.value} has no script` }];
      const { path, file, mode } = checkFile(script, { model, node });
      // PATH is searched for a bare name, so it may be found.
      if (!path.startsWith("/"))
        return [
          { ...at, severity: "warning", message: `${script.name.value} runs ${path}, which is no absolute path` },
        ];
      if (file === undefined && isDelivered(path, node))
        return [{ ...at, message: `${script.name.value} runs ${path}, which is not there` }];
      if (mode === undefined || (mode & 0o111) !== 0) return [];
      return [{ ...at, message: `${script.name.value} runs ${path}, which is not executable` }];
    }),
};

// Programs are taken as present, and a directory of which nothing was given may hold the script.
function isDelivered(path: string, { paths }: NodePicture): boolean {
  const directory = path.slice(0, path.lastIndexOf("/") + 1);
  if (/^\/(?:s?bin|usr)\//.test(directory)) return false;
  return [...paths.keys()].some((other) => other.startsWith(directory));
}
