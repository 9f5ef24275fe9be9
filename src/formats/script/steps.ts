import type { ClusterSpec } from "../../config/spec.ts";
import { kubeadmConfigPath, needsFinalize } from "../../kubeadm/files.ts";
import { nextSteps } from "../../plan/next-steps.ts";
import { roleReport } from "../../plan/node-messages.ts";
import type { PlannedNode } from "../../plan/plan.ts";
import type { Lines } from "../../render/text.ts";
import { hereDocument } from "./shell.ts";

/** The functions that tell what the node is and what a person types next. */
export function stepFunctions(spec: ClusterSpec, node: PlannedNode): string {
  const text = nextSteps(spec, node);
  const print = (lines: Lines): string => hereDocument(`${lines.join("\n")}\n`);
  const finalize = needsFinalize(spec) ? `[ "$role" = join ] || [ -n "$finalized" ] || step_finalize` : ":";
  const reloads = Object.entries(text.reload).map(
    ([path, lines]) => `    if changed_file ${path}; then\n${print(lines)}\n      reloads=yes\n    fi`,
  );
  return `step_finalize() {
${print(text.finalize)}
}

next_steps() {
  if [ -n "$member" ]; then
    reloads=''
${reloads.join("\n")}
    if [ -z "$reloads" ]; then
${print(text.member)}
    fi
    ${finalize}
  elif [ "$role" = init ]; then
${print(text.init)}
    ${finalize}
  else
    case $newline$incomplete_paths in
    *"$newline${kubeadmConfigPath}$newline"*)
${print(text.secrets)}
      ;;
    *)
${print(text.join)}
      ;;
    esac
  fi
}

tell_role() {
  if [ "$role" = init ]; then
    role_line="${roleReport("$node", "init", "$role_reason")}$newline"
  else
    role_line="${roleReport("$node", "join", "$role_reason")}$newline"
  fi
}`;
}
