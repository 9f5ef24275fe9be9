import { spawnSync } from "node:child_process";

import type { CheckSubject, NodeProblem } from "../../src/checks/check.ts";
import { nodeChecks } from "../../src/checks/index.ts";
import type { FakeMachine } from "./fake-machine.ts";

/** The shells that the node script must run in. */
export const shells = {
  dash: ["dash"],
  bash: ["bash", "--posix"],
  busybox: ["busybox", "sh"],
} as const;

/** A script with one check, or all, as the node script would have them; `root` stands for "/" of the machine too. */
export function checkScript(id: string | undefined, { spec, node, role, facts }: CheckSubject, root: string): string {
  const checks = nodeChecks.filter((check) => id === undefined || check.id === id);
  return [
    "#!/bin/sh",
    "set -uf",
    "export LC_ALL=C",
    `root='${root}'`,
    `role='${role}'`,
    `member=${facts.member ? "yes" : ""}`,
    `prepared=${facts.prepared ? "yes" : ""}`,
    'problem() { printf "%s\\t%s\\t%s\\n" "$1" "$2" "$3"; }',
    ...checks.flatMap((check) => [
      `check_${check.id}() {`,
      // An empty function is no function of sh; indented as whoever puts it into a script may do.
      ...[":", ...check.shell(spec, node)].map((line) => `    ${line.replaceAll(/(?<= )\/sys\//g, `${root}/sys/`)}`),
      "}",
      `check_${check.id}`,
    ]),
    'printf "%s\\n" "$root $role $member $prepared" end',
    "",
  ].join("\n");
}

/** What a script finds on a machine; throws where it says anything else. */
export function runScript(
  [shell, ...words]: readonly [string, ...string[]],
  script: string,
  machine: FakeMachine,
): readonly NodeProblem[] {
  const path = spawnSync("sh", ["-c", `command -v ${shell}`], { encoding: "utf8" }).stdout.trim();
  const { stdout, stderr, error } = spawnSync(path, words, {
    input: script,
    encoding: "utf8",
    env: { PATH: machine.bin },
  });
  if (error !== undefined) throw error;
  const lines = stdout.split("\n");
  if (stderr !== "" || lines.at(-2) !== "end") throw new Error(`${shell}: ${stderr}${stdout}`);
  return lines.slice(0, -3).map((line) => {
    const [severity, name = "", message = ""] = line.split("\t");
    return { severity: severity === "error" ? "error" : "warning", name, message };
  });
}
