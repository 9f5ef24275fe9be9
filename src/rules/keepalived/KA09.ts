import type { NodePicture } from "../../model/picture.ts";
import type { VrrpScript } from "../../model/vrrp.ts";
import type { FileRule, Hit } from "../rule.ts";
import { trackedScripts } from "./checks.ts";
import { scriptPath } from "./place.ts";

export const KA09: FileRule = {
  id: "KA09",
  name: "script-path",
  scope: "keepalived",
  severity: "error",
  summary: "A check is named by its absolute path, exists, is executable and can be changed by root alone.",
  reason:
    "keepalived disables a check that it cannot find or that others could write, and goes on without it: https://www.keepalived.org/manpage.html",
  remedy: "name the program by its absolute path and install it with mode 0755",
  check: (model, { node }) =>
    trackedScripts(model).flatMap((script): readonly Hit[] => {
      const { command } = script;
      const problem = command === undefined ? "has no script" : pathProblem(command.value, node);
      if (problem === undefined) return [];
      return [
        {
          position: (command ?? script.keyword).position,
          path: scriptPath(script, "script"),
          message: `${script.name.value} ${problem}`,
          ...(isRelative(script) && { severity: "warning" as const }),
        },
      ];
    }),
};

// PATH is searched for it, so it may be found.
function isRelative({ command }: VrrpScript): boolean {
  return command !== undefined && !command.value.startsWith("/");
}

function pathProblem(command: string, node: NodePicture): string | undefined {
  const [path = ""] = command.split(/\s+/);
  if (!path.startsWith("/")) return `runs ${path}, which is no absolute path`;
  const found = node.paths.get(path);
  if (found === undefined) return isDelivered(path, node) ? `runs ${path}, which is not there` : undefined;
  if (found.mode === undefined) return undefined;
  if ((found.mode & 0o111) === 0) return `runs ${path}, which is not executable`;
  return (found.mode & 0o022) === 0 ? undefined : `runs ${path}, which others than its owner can change`;
}

// Only a directory whose other scripts came with these files can miss one of them.
function isDelivered(path: string, { paths, scripts }: NodePicture): boolean {
  const directory = path.slice(0, path.lastIndexOf("/") + 1);
  const files = new Set(scripts.map(({ file }) => file));
  return [...paths].some(([other, { file }]) => other.startsWith(directory) && files.has(file));
}
