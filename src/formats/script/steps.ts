import { copiedCAPath } from "../../components/cluster-ca.ts";
import type { ClusterSpec } from "../../config/spec.ts";
import { kubeadmConfigPath, needsFinalize } from "../../kubeadm/files.ts";
import { nextSteps } from "../../plan/next-steps.ts";
import { unitNames } from "../../plan/node-files.ts";
import { notStartedMessage, roleReport, unitsLeftMessage } from "../../plan/node-messages.ts";
import type { PlannedNode } from "../../plan/plan.ts";
import { type Lines, shellWord } from "../../render/text.ts";
import { hereDocument } from "./shell.ts";

/** The functions that tell what the node is and what a person types next. */
export function stepFunctions(spec: ClusterSpec, node: PlannedNode): string {
  return `${nextStepFunctions(spec, node)}

${startFunction(node)}

tell_role() {
  if [ "$role" = init ]; then
    role_line="${roleReport({ ...node, name: "$node" }, "init", "$role_reason")}$newline"
  else
    role_line="${roleReport({ ...node, name: "$node" }, "join", "$role_reason")}$newline"
  fi
}`;
}

function startFunction({ files }: PlannedNode): string {
  const units = unitNames(files);
  if (units.length === 0) return "start_units() { :; }";
  const words = units.join(" ");
  const commands = [
    "systemctl daemon-reload",
    `systemctl enable --quiet ${words}`,
    `systemctl start --no-block ${words}`,
  ];
  return `start_units() {
  [ -z "$root" ] || return 0
  if [ ! -d /run/systemd/system ]; then
    reported="\${reported}${unitsLeftMessage(units)}$newline"
    return 0
  fi
  for command in ${commands.map((command) => shellWord(command)).join(" ")}; do
    # shellcheck disable=SC2086 # words of ours
    said=$($command 2>&1 9>&-) || {
      printf 'error: %s\\n' "${notStartedMessage("$command", "$(printf '%s\\n' \"$said\" | head -n 1)")}" >&2
      exit 3
    }
  done
${units.map((unit) => `  report start Starting ${unit}`).join("\n")}
}`;
}

function nextStepFunctions(spec: ClusterSpec, node: PlannedNode): string {
  const text = nextSteps(spec, node);
  const awaited = node.role === "load-balancer" ? copiedCAPath : kubeadmConfigPath;
  const print = (lines: Lines): string => hereDocument(`${lines.join("\n")}\n`);
  const finalize = needsFinalize(spec) ? `[ "$role" = join ] || [ -n "$finalized" ] || step_finalize` : ":";
  const reloads = Object.entries(text.reload).map(
    ([path, lines]) => `    if changed_file ${path}; then\n${print(lines)}\n      reloads=yes\n    fi`,
  );
  // What a balancer waits for it waits for, however often it was prepared.
  const waiting =
    node.role === "load-balancer"
      ? `case $newline$incomplete_paths in *"$newline${awaited}$newline"*) member='' ;; esac\n  `
      : "";
  return `step_finalize() {
${print(text.finalize)}
}

next_steps() {
  ${waiting}if [ -n "$member" ]; then
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
    *"$newline${awaited}$newline"*)
${print(text.secrets)}
      ;;
    *)
${print(text.join)}
      ;;
    esac
  fi
}`;
}
