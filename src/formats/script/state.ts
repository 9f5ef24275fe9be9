import { stateHeadLines, type StateHead } from "../../plan/state.ts";
import { shellWord } from "../../render/text.ts";

/** The function that prints a state; what only the machine knows is filled in there. */
export function stateFunction(head: StateHead): string {
  return `# state_text ENTRIES: the whole file.
state_text() {
${stateHeadLines(head).map(headLine).join("\n")}
  print_list directories "$(printf '%s%s' "$state_directories" "$missing_directories" | sort -u)"
  print_list adopted "$(printf '%s%s' "$state_adopted" "$newly_adopted" | sort -u)"
  print_entries "$1"
}`;
}

function headLine(line: string): string {
  const key = /^ {2}"(\w+)"/.exec(line)?.[1];
  const variable = key === undefined ? undefined : variables[key];
  if (key !== undefined && variable !== undefined)
    return `  printf '  "${key}": ${key === "role" ? '"%s"' : "%s"},\\n' "${variable}"`;
  if (key !== "virtualIP") return `  printf '%s\\n' ${shellWord(line)}`;
  // The interface is the last of its values.
  const start = line.slice(0, line.lastIndexOf(": ") + 2);
  return `  printf '%s%s},\\n' ${shellWord(start)} "$interface_json"`;
}

const variables: Readonly<Record<string, string>> = {
  role: "$role",
  virtualRouterID: "${virtualRouterID:-null}",
  rank: "${rank:-null}",
  finalized: "${finalized:-false}",
};
