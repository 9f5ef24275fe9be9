import { apiVersion } from "../config/schema.ts";
import { withDefaults } from "../plan/facts.ts";
import type { FileContent, PlannedFile } from "../plan/plan.ts";
import type { Format } from "./format.ts";

/** The plan itself, both roles of every node and the facts still needed, for other programs. */
export const jsonFormat = {
  name: "json",
  summary: "the plan as one JSON document, with the variants for init and join",
  produce: (plan) => {
    const nodes = plan.nodes.map(({ name, role, bootstrap, files }) => ({
      name,
      role,
      bootstrap,
      files: files.map(describe),
    }));
    const text = `${JSON.stringify({ apiVersion, kind: "Plan", nodes, runbook: plan.runbook }, null, 2)}\n`;
    return { files: [{ path: "plan.json", mode: 0o600, text }], incomplete: [] };
  },
} as const satisfies Format;

function describe({ path, mode, phase, variants }: PlannedFile): unknown {
  return {
    path,
    mode: mode.toString(8).padStart(4, "0"),
    phase,
    variants: { init: content(variants.init), join: content(variants.join) },
  };
}

function content(variant: FileContent | null): unknown {
  if (variant === null) return null;
  const { text, needs } = withDefaults(variant);
  return { content: text, needs };
}
