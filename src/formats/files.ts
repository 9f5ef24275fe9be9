import { type FilledFile, fillFile } from "../plan/facts.ts";
import type { Format, OutputFile } from "./format.ts";

/** The files as they are on the nodes, below a directory for each, and the runbook. */
export const filesFormat = {
  name: "files",
  summary: "NODE/<absolute path> for every file, and RUNBOOK.md",
  produce: (plan, { facts }) => {
    const filled = plan.nodes.flatMap((node) =>
      node.files.map((file) => fillFile(file, { role: node.bootstrap, facts: facts(node.name, node.bootstrap) })),
    );
    const runbook: OutputFile = { path: "RUNBOOK.md", mode: 0o644, text: plan.runbook };
    return {
      files: [...filled.flatMap(outputFile), runbook],
      incomplete: filled.flatMap((file) =>
        file.state === "incomplete" ? [{ node: file.file.node, path: file.file.path, missing: file.missing }] : [],
      ),
    };
  },
} as const satisfies Format;

function outputFile(filled: FilledFile): readonly OutputFile[] {
  if (filled.state !== "complete") return [];
  const { node, path, mode } = filled.file;
  return [{ path: `${node}${path}`, node, mode, text: filled.text }];
}
