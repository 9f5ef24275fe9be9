import type { FileRule } from "../rule.ts";
import { checkOf, trackedScripts } from "./checks.ts";
import { scriptPath } from "./place.ts";
import { secondsText, timeoutOf } from "./timing.ts";

export const KA07: FileRule = {
  id: "KA07",
  name: "script-timeout",
  aliases: ["SCRIPT-RUNTIME"],
  scope: "keepalived",
  severity: "error",
  summary: "A check ends by its own limits before keepalived ends it.",
  reason:
    "a run that reaches the timeout, by default the interval, is killed and counts as failed, whatever it would have answered: https://www.keepalived.org/manpage.html",
  remedy: "set timeout above the longest time that the script gives itself",
  check: (model, { node }) =>
    trackedScripts(model).flatMap((script) => {
      const { longest } = checkOf(script, { model, node });
      const timeout = timeoutOf(script);
      if (longest === undefined || longest.value < timeout) return [];
      return [
        {
          position: (script.timeout ?? script.keyword).position,
          path: scriptPath(script, "timeout"),
          message: `${script.name.value} is ended after ${secondsText(timeout)}, but its own limits let it last ${secondsText(longest.value)}`,
          remedy: `set timeout ${Math.floor(longest.value) + 1}`,
        },
      ];
    }),
};
