import type { FileRule } from "../rule.ts";
import { type Check, checkOf, trackedScripts } from "./checks.ts";
import { scriptPath } from "./place.ts";

export const KA02: FileRule = {
  id: "KA02",
  name: "process-only",
  aliases: ["VRRP-SCRIPT-PROC"],
  scope: "keepalived",
  severity: "warning",
  summary: "A check asks the load balancer for an answer, not only whether its process exists.",
  reason:
    "a hung balancer and a zombie still have a process; killall and pidof are absent from minimal images, and a signal from another user fails: https://github.com/acassen/keepalived/issues/2483",
  remedy: "ask the balancer's monitor endpoint, such as curl -fsS --max-time 1 http://127.0.0.1:8405/livez",
  check: (model, { node }) =>
    trackedScripts(model).flatMap((script) => {
      const check = checkOf(script, { model, node });
      const lookup = check.commands.find(({ words }, index) => looksForProcess(words) || ignoresAnswer(check, index));
      if (lookup === undefined || asks(check)) return [];
      return [
        {
          position: lookup.position,
          path: scriptPath(script, "script"),
          message: looksForProcess(lookup.words)
            ? `${script.name.value} only looks for a process: ${lookup.words.join(" ")}`
            : `${script.name.value} takes every answer for a good one: curl without -f`,
        },
      ];
    }),
};

function looksForProcess([command = "", ...words]: readonly string[]): boolean {
  switch (command.split("/").at(-1) ?? "") {
    case "killall":
    case "pkill":
    case "kill":
      return words.includes("-0") || words.join(" ").includes("-s 0");
    case "pidof":
    case "pgrep":
    case "ps":
      return true;
    case "systemctl":
      return words.includes("is-active") || words.includes("status");
    case "service":
      return words[1] === "status";
    default:
      return false;
  }
}

function asks(check: Check): boolean {
  return check.commands.some(
    ({ words }, index) =>
      (/(?:^|\/)(?:curl|wget|nc|ncat|netcat|socat|openssl|nmap|telnet)$/.test(program(words)) ||
        words.some((word) => word.includes("/dev/tcp/"))) &&
      !ignoresAnswer(check, index),
  );
}

/** Whether curl succeeds with any status of HTTP, and nothing looks at what it printed. */
function ignoresAnswer({ commands }: Check, index: number): boolean {
  const words = commands[index]?.words ?? [];
  if (!/(?:^|\/)curl$/.test(program(words))) return false;
  const next = program(commands[index + 1]?.words ?? []);
  return (
    !words.some((word) => /^--fail|^-[a-zA-Z]*f|^-w|^--write-out/.test(word)) &&
    !/(?:^|\/)(?:grep|jq|awk|sed)$/.test(next)
  );
}

/** The program that is run in the end, behind `exec` and `timeout 2`. */
function program(words: readonly string[]): string {
  const [first = "", ...rest] = words;
  if (first === "exec" || first === "sudo") return program(rest);
  if (!/(?:^|\/)timeout$/.test(first)) return first;
  const limit = rest.findIndex((word) => /^[\d.]+[smhd]?$/.test(word));
  return program(rest.slice(limit + 1));
}
