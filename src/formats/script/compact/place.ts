import { type BootstrapRole, factMarker, factNames, joinFactNames, type PlannedNode } from "../../../plan/plan.ts";
import { type MadeFile, roleFiles } from "./files.ts";
import { expandingDocument } from "./expanding.ts";

/** The functions that bring the files of a role: those that the script makes, and the list of all. */
export function placingFunctions(node: PlannedNode, roles: readonly BootstrapRole[]): readonly string[] {
  const printers = roles.flatMap((role) => roleFiles(node, role).made.map((made, index) => printer(made, role, index)));
  const [first = "join", second] = roles;
  const body =
    second === undefined
      ? steps(node, first)
      : [`if [ "$role" = ${first} ]; then`, ...steps(node, first), "else", ...steps(node, second), "fi"];
  return [...printers, `make_files() {\n${body.join("\n")}\n}`];
}

function printer({ file, content, given }: MadeFile, role: BootstrapRole, index: number): string {
  const edit = lineEdit(given, content.text);
  if (edit !== undefined) return `${role}_${index}() {\n  sed '${edit}' "$root${file.path}"\n}`;
  const text = content.text.endsWith("\n") ? content.text : `${content.text}\n`;
  const values = content.needs.map((fact) => [factMarker(fact), `\${${fact}}`] as const);
  return `${role}_${index}() {\n${expandingDocument(text, values)}\n}`;
}

function steps(node: PlannedNode, role: BootstrapRole): readonly string[] {
  const { all, made, dropped } = roleFiles(node, role);
  return [
    `files='${all
      .map(({ path }) => path)
      .toSorted()
      .join(" ")}'`,
    ...made.map((each, index) => putStep(each, `${role}_${index}`)),
    ...(dropped.length > 0 ? [`rm -f ${dropped.map((path) => `"$root${path}"`).join(" ")}`] : []),
  ];
}

function putStep({ file, content }: MadeFile, printer: string): string {
  const put = `put ${file.path} ${octal(file.mode)} ${printer}`;
  const secrets = joinFactNames.filter((fact) => content.needs.includes(fact));
  const others = factNames.filter((fact) => content.needs.includes(fact) && !secrets.some((name) => name === fact));
  const needed = others.map((fact) => `[ -n "$${fact}" ] || refuse "${file.path} needs to know: ${fact}"`);
  if (secrets.length === 0) return [...needed, put].join("\n");
  const present = secrets.map((fact) => `[ -n "$${fact}" ]`).join(" && ");
  return [
    `if [ -f "$join_file" ]; then`,
    `${present} || refuse "$join_file: not all secrets"`,
    ...needed,
    put,
    "fi",
  ].join("\n");
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}

/** A command for sed that makes one text of another that differs in a line: most of a static pod need not stand twice. */
function lineEdit(from: string | undefined, to: string): string | undefined {
  const [before, after] = [from?.split("\n") ?? [], to.split("\n")];
  const changed = after.flatMap((line, index) => (line === before[index] ? [] : [{ line, number: index + 1 }]));
  const [change, ...others] = changed;
  if (before.length !== after.length || change === undefined || others.length > 0) return undefined;
  return /^[\w\s.:/-]*$/.test(change.line) ? `${change.number}s|.*|${change.line}|` : undefined;
}
