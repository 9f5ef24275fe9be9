import type { GivenFile } from "../script/compact.ts";

export interface CloudConfigInput {
  /** A sentence for who reads it. */
  readonly head: string;
  readonly files: readonly GivenFile[];
  /** Run once, when the files are there: https://docs.cloud-init.io/en/latest/reference/modules.html#runcmd */
  readonly command: readonly string[];
}

/**
 * A #cloud-config document. It has no Jinja header, so that braces in a file are braces. The commands come
 * last: more can be appended to the text. Texts stand in it as they are: people read them, and compressed as
 * a whole it is a fifth smaller than with parts that are compressed already.
 */
export function cloudConfig({ head, files, command }: CloudConfigInput): string {
  return `${[
    "#cloud-config",
    `# ${head}`,
    "write_files:",
    ...files.flatMap(entry),
    "runcmd:",
    `- [${command.join(", ")}]`,
  ].join("\n")}\n`;
}

function entry({ path, mode, text }: GivenFile): readonly string[] {
  return [
    `- path: ${path}`,
    "  owner: root:root",
    // A string: a number would be octal or decimal, as the reader of the YAML likes.
    `  permissions: '${mode.toString(8).padStart(4, "0")}'`,
    ...content(text),
  ];
}

function content(text: string): readonly string[] {
  if (!isPlain(text)) return ["  encoding: b64", `  content: '${Buffer.from(text).toString("base64")}'`];
  const lines = text.slice(0, -1).split("\n");
  return ["  content: |", ...lines.map((line) => (line === "" ? "" : `    ${line}`))];
}

/**
 * Whether a literal block gives the same bytes back: the text ends in one line end, its first line says how
 * far it is indented, and it holds nothing that PyYAML refuses or takes for the end of a line
 * (https://github.com/yaml/pyyaml/blob/6.0.2/lib/yaml/reader.py, NON_PRINTABLE).
 */
function isPlain(text: string): boolean {
  const start = /^\S/.test(text);
  const end = text.endsWith("\n") && !text.endsWith("\n\n");
  return start && end && !/[^\t\n\u0020-\u007E\u00A0-\u2027\u202A-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD]/.test(text);
}
