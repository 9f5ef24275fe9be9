/** A function that prints a text as it is; the text ends with a line end. */
export function printingFunction(name: string, text: string): string {
  return `${name}() {\n${hereDocument(text)}\n}`;
}

/** A command that prints a text as it is. */
export function hereDocument(text: string): string {
  const end = delimiterFor(text);
  return `  cat <<'${end}'\n${text}${end}`;
}

/** A name for a shell function or variable, made from a path. */
export function shellName(path: string): string {
  return path.replaceAll(/[^A-Za-z0-9]+/g, "_").replaceAll(/^_+|_+$/g, "");
}

/** The word that ends a here-document: no line of the text may end it early. */
export function delimiterFor(text: string): string {
  const lines = new Set(text.split("\n"));
  let end = "END";
  while (lines.has(end)) end += "_";
  return end;
}
