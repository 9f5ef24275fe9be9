import type { Leaf } from "./leaf.ts";

/**
 * A shell script as its lines with what quotes are open at the end of each: a value that opens or
 * closes one changes what every later line is.
 */
export function readShell(text: string): readonly Leaf[] {
  let quote = "";
  return text.split("\n").map((line, index) => {
    quote = quoteAfter(line, quote);
    return { path: `line ${index + 1} ${quote}`, value: line };
  });
}

function quoteAfter(line: string, before: string): string {
  let quote = before;
  for (let index = 0; index < line.length; index++) {
    const character = line[index] ?? "";
    if (quote === "'") quote = character === "'" ? "" : quote;
    else if (character === "\\") index++;
    else if (quote === '"') quote = character === '"' ? "" : quote;
    else if (character === "#" && (index === 0 || /\s/.test(line[index - 1] ?? ""))) return quote;
    else if (character === "'" || character === '"') quote = character;
  }
  return quote;
}
