import type { Format } from "../format.ts";
import { nodeScript } from "./node-script.ts";

/** One POSIX shell script a node, which does there what `prepare` does. */
export const scriptFormat = {
  name: "script",
  summary: "NODE.sh: a POSIX shell script for every node that does what prepare does",
  document: "a script",
  produce: (plan, { spec, product }) => ({
    files: plan.nodes.map((node) => ({
      path: `${node.name}.sh`,
      node: node.name,
      mode: 0o600,
      text: nodeScript({ spec, node, product }),
    })),
    incomplete: [],
  }),
} as const satisfies Format;
