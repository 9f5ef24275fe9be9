import { resolve } from "node:path";

import type { Finding, Severity } from "../findings/finding.ts";
import { runProgram } from "../host/run-program.ts";

/** What the daemons themselves say of their files. */
export interface NativeAnswers {
  readonly findings: readonly Finding[];
  /** Programs that are not installed, so nobody asked them. */
  readonly missing: readonly string[];
}

/** Asks keepalived, haproxy and nginx about their files; their messages become findings at the lines they name. */
export function nativeChecks(files: readonly { readonly file: string; readonly recognized: string }[]): NativeAnswers {
  const missing = new Set<string>();
  const findings = files.flatMap(({ file, recognized }): readonly Finding[] => {
    const daemon = daemons.find(({ reads }) => reads === recognized);
    if (daemon === undefined || file.includes("!")) return [];
    const answer = runProgram([...daemon.command, resolve(file)]);
    if (answer.state === "missing") {
      missing.add(daemon.command[0] ?? "");
      return [];
    }
    const lines = `${answer.stdout}\n${answer.stderr}`.split("\n");
    const said = lines.flatMap((line) => daemon.parse(line));
    // A refusal whose form we do not know is still a refusal.
    const unexplained = answer.status !== 0 && !said.some(({ severity }) => severity === "error");
    const all = unexplained ? [...said, { line: 1, severity: "error" as const, message: lastLine(lines) }] : said;
    return all.map(({ line, severity, message }) => ({
      rule: "native",
      severity,
      path: daemon.command[0] ?? "",
      position: { file, line, column: 1 },
      message: message.replaceAll(resolve(file), file),
      reason: "the installed program itself says so",
      remedy: `see ${daemon.manual}`,
    }));
  });
  return { findings, missing: [...missing] };
}

interface Message {
  readonly line: number;
  readonly severity: Severity;
  readonly message: string;
}

interface Daemon {
  readonly reads: string;
  readonly command: readonly string[];
  readonly manual: string;
  parse(line: string): readonly Message[];
}

const daemons: readonly Daemon[] = [
  {
    reads: "keepalived configuration",
    command: ["keepalived", "--config-test", "--use-file"],
    manual: "https://www.keepalived.org/manpage.html",
    // (/etc/keepalived/keepalived.conf: Line 12) Unknown keyword 'x'
    parse: (line) => {
      const match = /\((?:[^()]*: )?Line (\d+)\) (.*)$/.exec(line);
      return match === null ? [] : [{ line: Number(match[1]), severity: "error", message: match[2] ?? "" }];
    },
  },
  {
    reads: "haproxy configuration",
    command: ["haproxy", "-c", "-f"],
    manual: "https://docs.haproxy.org/3.0/configuration.html",
    // [ALERT]    (4242) : config : parsing [/etc/haproxy/haproxy.cfg:12] : unknown keyword 'x'
    parse: (line) => {
      const match = /^\[(ALERT|WARNING)\].*?: (?:config : )?(?:parsing )?\[[^\]]*?:(\d+)\](?::| :)? ?:? ?(.*)$/.exec(
        line,
      );
      return match === null
        ? []
        : [{ line: Number(match[2]), severity: match[1] === "ALERT" ? "error" : "warning", message: match[3] ?? "" }];
    },
  },
  {
    reads: "nginx configuration",
    command: ["nginx", "-t", "-c"],
    manual: "https://nginx.org/en/docs/",
    // nginx: [emerg] unknown directive "x" in /etc/nginx/nginx.conf:12, or as in its log: 2026/01/02 03:04:05 [emerg] 42#42: …
    parse: (line) => {
      const match = /\[(emerg|alert|crit|error|warn)\] (?:\d+#\d+: )?(.*) in \S+:(\d+)$/.exec(line);
      return match === null
        ? []
        : [{ line: Number(match[3]), severity: match[1] === "warn" ? "warning" : "error", message: match[2] ?? "" }];
    },
  },
];

function lastLine(lines: readonly string[]): string {
  return lines.findLast((line) => line.trim() !== "")?.trim() ?? "it refuses the file without a word";
}
