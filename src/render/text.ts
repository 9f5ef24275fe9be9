/** Lines of a configuration file, without line ends. */
export type Lines = readonly string[];

/** A whole file: blocks with an empty line between them. */
export function textFile(blocks: readonly Lines[]): string {
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

/** `text` as comment lines, one for each of its lines. */
export function comment(text: string): Lines {
  return text.split("\n").map((line) => (line === "" ? "#" : `# ${line}`));
}

/** Lines one level deeper; empty lines stay empty. */
export function indented(lines: Lines): Lines {
  return lines.map((line) => (line === "" ? "" : `    ${line}`));
}

/** A section as haproxy writes it: the body is indented below its head. */
export function section(head: string, body: Lines): Lines {
  return [head, ...indented(body)];
}

/** A block as keepalived writes it: the body stands in braces, one keyword a line. */
export function braces(head: string, body: Lines): Lines {
  return [`${head} {`, ...indented(body), "}"];
}

/** A word that every shell reads as this text. */
export function shellWord(text: string): string {
  return /^[\w.,:=/@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
