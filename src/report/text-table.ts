/** The width of a terminal that everybody has. */
export const terminalWidth = 80;

/** A row: its label, by how many steps it is indented, and what stands in the columns. */
export interface Row {
  readonly label: string;
  readonly indent?: number;
  readonly cells: readonly string[];
}

/** A table of text: labels on the left, wrapped to what the other columns leave; these aligned to the right. */
export function textTable(heads: readonly Row[], rows: readonly Row[]): string {
  const all = [...heads, ...rows];
  const widths = (all[0]?.cells ?? []).map((_, column) =>
    Math.max(...all.map(({ cells }) => cells[column]?.length ?? 0)),
  );
  const room = terminalWidth - widths.reduce((sum, width) => sum + width + 1, 0);
  const longest = Math.max(...all.map(({ label, indent = 0 }) => label.length + 2 * indent));
  const gap = longest + widths.length <= room ? 2 : 1;
  const labelWidth = Math.min(room, longest);
  return all.map((row) => rowLines(row, labelWidth, { widths, gap })).join("");
}

// The figures stand beside the last line of their label.
function rowLines(
  { label, indent = 0, cells }: Row,
  labelWidth: number,
  { widths, gap }: { readonly widths: readonly number[]; readonly gap: number },
): string {
  const margin = "  ".repeat(indent);
  const lines = wrapped(label, labelWidth - margin.length);
  const figures = cells.map((cell, column) => cell.padStart((widths[column] ?? 0) + gap)).join("");
  return lines
    .map((line, index) => {
      const start = `${margin}${index === 0 ? "" : "  "}${line}`;
      return `${index === lines.length - 1 ? `${start.padEnd(labelWidth)}${figures}`.trimEnd() : start}\n`;
    })
    .join("");
}

/** A text cut into lines at its blanks; lines after the first leave room for two blanks before them. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines = [""];
  const roomOf = (line: number): number => Math.max(1, line === 0 ? width : width - 2);
  for (const word of text.split(" ")) {
    const last = lines.at(-1) ?? "";
    const joined = last === "" ? word : `${last} ${word}`;
    if (joined.length <= roomOf(lines.length - 1)) lines[lines.length - 1] = joined;
    else if (last === "") lines[lines.length - 1] = word;
    else lines.push(word);
    // A path may be longer than the line.
    for (let end = lines.at(-1) ?? ""; end.length > roomOf(lines.length - 1); end = lines.at(-1) ?? "") {
      const room = roomOf(lines.length - 1);
      lines.splice(-1, 1, end.slice(0, room), end.slice(room));
    }
  }
  return lines;
}

/** A sentence or two below a table, wrapped; indented by so many steps. */
export function paragraph(text: string, indent = 0): string {
  const margin = "  ".repeat(indent);
  return wrapped(text, terminalWidth - margin.length)
    .map((line, index) => `${margin}${index === 0 ? "" : "  "}${line}\n`)
    .join("");
}
