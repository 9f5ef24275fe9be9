import type { NodeProblem } from "./check.ts";

/** What stands in a text for the value that a variable of the node script will have. */
export function variable(name: string): string {
  return `${mark}${name}${mark}`;
}

/** A text as one word of a POSIX shell, with its variables in it. */
export function word(text: string): string {
  const quoted = text.replaceAll(/[\\"$`]/g, "\\$&");
  return `"${quoted.replaceAll(variables, (_, name: string) => `\${${name}}`)}"`;
}

/** The call that collects a problem in the node script, in the very words of `prepare`. */
export function problemCall({ severity, name, message }: NodeProblem): string {
  return `problem ${severity} ${word(name)} ${word(message)}`;
}

// No configuration can contain a control character, so none can be taken for a variable.
const mark = "\u0000";
const variables = new RegExp(`${mark}(\\w+)${mark}`, "g");
