import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { ExitCode, UserError } from "../errors.ts";
import { ownedPaths } from "../host/output-directory.ts";
import type { Command, Invocation } from "./command.ts";
import { limitingNode } from "./configuration.ts";
import { configurationOptions } from "./options.ts";
import { redact, renderFiles } from "./render.ts";

export const diff: Command = {
  name: "diff",
  arguments: "<directory>",
  summary: "show what render would change in a directory; exit 1 when something",
  options: [...configurationOptions, "join-command-file"],
  examples: ["kubeadm-ha diff out"],
  run: runDiff,
};

// Content is compared, not modes: a tree that went through git has lost them.
async function runDiff({ arguments: [directory = ""], options, io }: Invocation): Promise<ExitCode> {
  const owned = ownedPaths(directory);
  if (!existsSync(directory))
    throw new UserError(`there is no directory ${directory}`, { exitCode: ExitCode.environment });
  const { files, spec } = renderFiles(options, io);
  const only = limitingNode(options);
  const wanted = new Map(files.map((file) => [file.path, file.text]));
  const stale = (owned ?? []).filter(
    (path) => !wanted.has(path) && (only === undefined || path.split("/")[0] === only),
  );
  const changed = [...wanted.keys(), ...stale]
    .toSorted()
    .filter((path) => readIfExists(join(directory, path)) !== wanted.get(path));
  if (changed.length === 0) {
    io.err(`[diff] no difference in ${wanted.size} files\n`);
    return ExitCode.ok;
  }
  const shown = (text = ""): string => withoutJoinSecrets(redact(text, spec));
  const { createTwoFilesPatch } = await import("diff");
  for (const path of changed) {
    const before = readIfExists(join(directory, path));
    const after = wanted.get(path);
    io.out(
      createTwoFilesPatch(
        before === undefined ? "/dev/null" : `a/${path}`,
        after === undefined ? "/dev/null" : `b/${path}`,
        shown(before),
        shown(after),
        "",
        "",
        { context: 3 },
      ).replace(/^=+\n/, ""),
    );
  }
  io.err(`[diff] ${changed.length} of ${wanted.size} files differ\n`);
  return ExitCode.no;
}

// The tree may hold join secrets of an earlier render, which no document of today names.
function withoutJoinSecrets(text: string): string {
  return text
    .replaceAll(/\b[a-z0-9]{6}\.[a-z0-9]{16}\b/g, "REDACTED")
    .replaceAll(/^(\s*(?:certificateKey|token|tlsBootstrapToken):\s*).*$/gm, "$1REDACTED")
    .replaceAll(/\bsha256:[0-9a-f]{64}\b/g, "sha256:REDACTED");
}

function readIfExists(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
