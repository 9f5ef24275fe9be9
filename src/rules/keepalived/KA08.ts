import type { FileRule } from "../rule.ts";
import { checkOf, trackedScripts } from "./checks.ts";
import { scriptPath } from "./place.ts";

export const KA08: FileRule = {
  id: "KA08",
  name: "script-side-effects",
  aliases: ["CHECK-SIDE-EFFECT"],
  scope: "keepalived",
  severity: "error",
  summary: "A check only looks: it starts, stops and changes nothing.",
  reason:
    "a check that stops keepalived takes the machine out for good, and one that restarts the balancer makes it flap; failing is enough: https://github.com/acassen/keepalived/issues/2483",
  remedy: "let the check exit with 1, and leave restarts to systemd or kubelet",
  check: (model, { node }) =>
    trackedScripts(model).flatMap((script) =>
      checkOf(script, { model, node })
        .commands.filter(({ words }) => changes(words))
        .map(({ words, position }) => ({
          position,
          path: scriptPath(script, "script"),
          message: `${script.name.value} runs ${words.join(" ")}`,
        })),
    ),
};

const verbs = /^(?:start|stop|restart|reload|try-restart|reload-or-restart|kill|enable|disable|mask)$/;

function changes([command = "", ...words]: readonly string[]): boolean {
  const name = command.split("/").at(-1) ?? "";
  if (/^\/etc\/(?:rc\.d\/)?init\.d\//.test(command)) return words.some((word) => verbs.test(word));
  switch (name) {
    case "systemctl":
    case "service":
    case "rc-service":
    case "docker":
    case "podman":
    case "nerdctl":
    case "crictl":
      return words.some((word) => verbs.test(word) || (name === "crictl" && word === "rm"));
    case "killall":
    case "pkill":
      return !words.includes("-0") && !words.join(" ").includes("-s 0");
    case "ip":
      return words.some((word) => /^(?:add|del|delete|replace|flush|set)$/.test(word));
    case "reboot":
    case "shutdown":
    case "poweroff":
      return true;
    default:
      return false;
  }
}
