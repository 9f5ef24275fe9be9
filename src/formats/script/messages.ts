import {
  clusterExistsMessage,
  clusterSilentMessage,
  foreignFileReasons,
  roleReasons,
} from "../../plan/node-messages.ts";
import { shellWord } from "../../render/text.ts";

/** The sentences that `prepare` says too, as variables and functions. */
export const messages = `# What is said by the way of deciding.
reason_init=${shellWord(roleReasons.asked("init"))}
reason_join=${shellWord(roleReasons.asked("join"))}
reason_before=${shellWord(roleReasons.before)}
reason_worker=${shellWord(roleReasons.worker)}
reason_load_balancer=${shellWord(roleReasons.loadBalancer)}
reason_not_first=${shellWord(roleReasons.notFirst)}
reason_join_file=${shellWord(roleReasons.joinFile)}
reason_ignored=${shellWord(roleReasons.ignored)}
reason_silent=${shellWord(roleReasons.silent)}
reason_nobody_to_ask=${shellWord(roleReasons.nobodyToAsk)}
message_cannot_ask=${shellWord(roleReasons.cannotAsk)}

reason_nothing_answers() {
  printf '%s' "${roleReasons.nothingAnswers("$1")}"
}

message_cluster_exists() {
  printf '%s' "${clusterExistsMessage("$1")}"
}

message_cluster_silent() {
  printf '%s' "${clusterSilentMessage("$1")}"
}

foreign_file_reason() {
  case $1 in
${Object.entries(foreignFileReasons)
  .map(([kind, text]) => `  ${kind}) printf '%s' ${shellWord(text)} ;;`)
  .join("\n")}
  esac
}`;
