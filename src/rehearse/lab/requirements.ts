import type { Scene } from "../scene.ts";
import { findProgram } from "./daemons.ts";
import type { Form } from "../measurement.ts";

/** Programs that a rehearsal of this scene needs and that this machine does not have, by name. */
export function missingPrograms(scene: Scene, form: Form): readonly string[] {
  const daemons = scene.nodes.flatMap(({ programs }) => programs.map(({ kind }) => kind));
  const needed = [...labPrograms, ...(form === "static-pod" ? podPrograms : []), ...daemons, ...calledByChecks(scene)];
  return [...new Set(needed)].filter((name) => findProgram(name) === undefined);
}

const labPrograms = ["ip", "nft", "nsenter", "unshare", "openssl", "setsid", "findmnt", "mount", "base64"];
const podPrograms = ["setpriv", "mountpoint"];

// What check scripts call and a machine may not have; systemctl is not needed, the lab has one of its own.
const checkPrograms =
  "bash busybox curl killall lsof nc netstat nmap pgrep pidof pkill ps python3 service ss telnet wget".split(" ");

/** Words of the scripts that keepalived runs. A comment may name a program that is not called; alternatives are all asked for. */
function calledByChecks(scene: Scene): readonly string[] {
  const texts = scene.nodes.flatMap(({ programs, files }) => {
    const config = programs.find(({ kind }) => kind === "keepalived")?.config;
    const keepalived = files.find(({ path }) => path === config)?.text ?? "";
    const commands = [...keepalived.matchAll(/^\s*script\s+(.*)$/gm)].map(([, command = ""]) => command);
    const scripts = files.filter(({ path }) => commands.some((command) => command.includes(path)));
    return [...commands, ...scripts.map(({ text }) => text.replaceAll(/(^|\s)#(?!!).*$/gm, ""))];
  });
  const words = new Set(texts.flatMap((text) => text.split(/[^\w.-]+/)));
  return checkPrograms.filter((name) => words.has(name));
}
