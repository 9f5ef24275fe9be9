import type { Located } from "../model/located.ts";
import type { CheckScript } from "../model/script.ts";
import type { Reading, ReadSource } from "./reading.ts";
import { longestRun } from "./script-limits.ts";
import { type ScriptPart, scriptParts } from "./script-parts.ts";

/** Reads a check script of sh or bash as far as its simple commands and its own time limits go. */
export function readScript(source: ReadSource): Reading<CheckScript> {
  const { parts, problems } = scriptParts(source);
  return {
    model: {
      file: source.file,
      start: { value: "", position: { file: source.file, line: 1, column: 1 } },
      commands: parts.filter(isCommand).map(({ words }) => withoutAssignments(words)),
      longest: longestRun(parts),
    },
    problems,
  };
}

/** `PATH=/bin killall -0 haproxy` without what stands before the command. */
function withoutAssignments(words: readonly Located<string>[]): readonly Located<string>[] {
  const first = words.findIndex(({ value }) => !/^[A-Za-z_]\w*\+?=/.test(value));
  return first > 0 ? words.slice(first) : words;
}

function isCommand(part: ScriptPart): part is ScriptPart & { kind: "command" } {
  return part.kind === "command";
}
