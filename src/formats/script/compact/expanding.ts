import { delimiterFor } from "../shell.ts";

/** A command that prints a text in which the shell fills in values: pairs of what stands for one, and an expansion. */
export function expandingDocument(text: string, values: readonly (readonly [string, string])[]): string {
  const escaped = values.length === 0 ? text : text.replaceAll(/[\\$`]/g, String.raw`\$&`);
  const filled = values.reduce((done, [mark, expansion]) => done.replaceAll(mark, () => expansion), escaped);
  const end = delimiterFor(filled);
  return `cat <<${values.length === 0 ? `'${end}'` : end}\n${filled}${end}`;
}
