/**
 * A shell text without what only people need: comments on lines of their own and empty lines. Here-documents
 * stay as they are. Texts of ours only: quotes that span lines must not hold a line that looks like a comment.
 */
export function stripped(text: string): string {
  const lines: string[] = [];
  let end: string | undefined;
  for (const line of text.split("\n")) {
    if (end !== undefined) {
      lines.push(line);
      if (line === end) end = undefined;
      continue;
    }
    const code = line.trimStart();
    if (code === "" || (code.startsWith("#") && !code.startsWith("#!"))) continue;
    lines.push(line);
    end = /<<-?'?(\w+)'?/.exec(code)?.[1];
  }
  return lines.join("\n");
}
