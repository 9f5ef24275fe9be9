import { join } from "node:path";

import type { ClusterSpec } from "../config/spec.ts";
import { ExitCode, UserError } from "../errors.ts";
import { printable } from "../findings/text.ts";
import type { OutputFile } from "../formats/format.ts";
import { environmentFailure, readTextIfExists, statusOf } from "../host/files.ts";
import type { Io } from "../host/io.ts";
import { ownedPaths } from "../host/output-directory.ts";
import { kubeadmConfigPath } from "../kubeadm/files.ts";
import { makePlan } from "../plan/make-plan.ts";
import type { Command, Invocation } from "./command.ts";
import { limitingNode, loadCluster } from "./configuration.ts";
import { nodeConfiguration, rootOf } from "./node-root.ts";
import { configurationOptions } from "./options.ts";
import { withoutSecrets } from "../kubeadm/redact.ts";
import { renderFiles } from "./rendered.ts";

export const diff: Command = {
  name: "diff",
  arguments: "[directory]",
  summary: "show what render would change in a directory, or prepare on this node; exit 1 when something",
  options: [...configurationOptions, "join-command-file", "ca-cert", "rootfs"],
  examples: ["kubeadm-ha diff out", "kubeadm-ha diff"],
  run: (invocation) => (invocation.arguments.length === 0 ? diffNode(invocation) : diffDirectory(invocation)),
};

async function diffNode({ options, io }: Invocation): Promise<ExitCode> {
  if (options["join-command-file"] !== undefined)
    throw new UserError("--join-command-file goes with a directory: a node's secrets are not compared");
  const root = rootOf(options, io);
  const { spec, savedConfiguration, secretsLeftOut } = loadCluster(options, io, {
    defaultFile: nodeConfiguration(root),
  });
  const { nodeTexts } = await import("../apply/node-texts.ts");
  const { wanted, stale } = nodeTexts(makePlan(spec, { savedConfiguration: savedConfiguration() }), {
    spec,
    root,
    withoutSecrets: secretsLeftOut,
  });
  const texts = wanted.map(({ path, text }) => ({ path: path.slice(1), text }));
  const changes = compare(
    root,
    texts,
    stale.map((path) => path.slice(1)),
  );
  return printChanges({ changes, count: wanted.length, spec }, io);
}

// Content is compared, not modes: a tree that went through git has lost them.
async function diffDirectory({ arguments: [directory = ""], options, io }: Invocation): Promise<ExitCode> {
  if (environmentFailure(`cannot read ${directory}`, () => statusOf(directory)) === undefined)
    throw new UserError(`there is no directory ${directory}`, { exitCode: ExitCode.environment });
  const owned = ownedPaths(directory) ?? [];
  const { files, incomplete, spec } = await renderFiles(options, io);
  const changes = compare(directory, files, staleFiles(owned, files, { only: limitingNode(options), incomplete }));
  return printChanges({ changes, count: files.length, spec }, io);
}

async function printChanges(
  { changes, count, spec }: { readonly changes: readonly Change[]; readonly count: number; readonly spec: ClusterSpec },
  io: Io,
): Promise<ExitCode> {
  if (changes.length === 0) {
    io.err(`[diff] no difference in ${count} files\n`);
    return ExitCode.ok;
  }
  const { createTwoFilesPatch } = await import("diff");
  for (const { path, before, after } of changes) {
    const [from, to] = [
      before === undefined ? "/dev/null" : `a/${path}`,
      after === undefined ? "/dev/null" : `b/${path}`,
    ];
    const [old, wanted] = [before, after].map((text = "") => withoutSecrets(text, spec));
    const patch = createTwoFilesPatch(printable(from), printable(to), old ?? "", wanted ?? "", "", "", { context: 3 });
    io.out(patch.replace(/^=+\n/, ""));
  }
  io.err(`[diff] ${changes.length} file${changes.length === 1 ? " differs" : "s differ"}\n`);
  return ExitCode.no;
}

interface Change {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

function compare(
  directory: string,
  files: readonly Pick<OutputFile, "path" | "text">[],
  stale: readonly string[],
): readonly Change[] {
  const wanted = new Map(files.map((file) => [file.path, file.text]));
  const read = (path: string): string | undefined =>
    environmentFailure(`cannot read ${directory}`, () => readTextIfExists(join(directory, path)));
  return [...wanted.keys(), ...stale]
    .toSorted()
    .map((path) => ({ path, before: read(path), after: wanted.get(path) }))
    .filter(({ before, after }) => before !== after);
}

// A joiner's kubeadm.yaml cannot be compared without the secrets it was made with.
function staleFiles(
  owned: readonly string[],
  files: readonly OutputFile[],
  {
    only,
    incomplete,
  }: { readonly only: string | undefined; readonly incomplete: readonly { readonly node: string }[] },
): readonly string[] {
  const wanted = new Set(files.map((file) => file.path));
  const filledIn = new Set(incomplete.map(({ node }) => `${node}${kubeadmConfigPath}`));
  return owned.filter(
    (path) => !wanted.has(path) && !filledIn.has(path) && (only === undefined || path.split("/")[0] === only),
  );
}
