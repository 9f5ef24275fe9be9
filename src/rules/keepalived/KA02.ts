import type { FileRule } from "../rule.ts";
import { type Check, checkOf, trackedScripts } from "./checks.ts";
import { scriptPath } from "./place.ts";

export const KA02: FileRule = {
  id: "KA02",
  name: "process-only",
  scope: "keepalived",
  severity: "warning",
  summary: "A check asks the load balancer for an answer, not only whether its process exists.",
  reason:
    "a hung balancer and a zombie still have a process; killall and pidof are absent from minimal images, and a signal from another user fails: https://github.com/acassen/keepalived/issues/2483",
  remedy: "ask the balancer's monitor endpoint, such as curl -fsS --max-time 1 http://127.0.0.1:8405/livez",
  check: (model, { node }) =>
    trackedScripts(model).flatMap((script) => {
      const check = checkOf(script, node);
      const lookup = check.commands.find(({ words }) => looksForProcess(words));
      if (lookup === undefined || asks(check)) return [];
      return [
        {
          position: lookup.position,
          path: scriptPath(script, "script"),
          message: `${script.name.value} only looks for a process: ${lookup.words.join(" ")}`,
        },
      ];
    }),
};

function looksForProcess([command = "", ...words]: readonly string[]): boolean {
  switch (command.split("/").at(-1)) {
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

function asks({ commands }: Check): boolean {
  return commands.some(
    ({ words }) =>
      /(?:^|\/)(?:curl|wget|nc|ncat|netcat|socat|openssl|nmap|telnet)$/.test(words[0] ?? "") ||
      words.some((word) => /\/dev\/tcp\/|^https?:\/\//.test(word)),
  );
}
