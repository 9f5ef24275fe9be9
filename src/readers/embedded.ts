import { isRecord, type PathStep, readPath } from "../config/paths.ts";
import type { FilePosition } from "../findings/finding.ts";
import { readYaml, type YamlDocument } from "../yaml/read.ts";
import type { InputFile } from "./read-tree.ts";

/** Files that another file carries: user data of cloud-init, and Cluster API's objects. */
export interface EmbeddedFiles {
  readonly inputs: readonly InputFile[];
  /** Where a place in one of them stands in the file that carries it. */
  locate(position: FilePosition): FilePosition;
}

/** What stands in `write_files` of cloud-init and `files` of Cluster API; nothing for other files. */
export function embeddedFiles({ file, text }: InputFile): EmbeddedFiles {
  const documents = mayCarry.test(text) ? readYaml(file, text).documents : [];
  const carried = documents.flatMap((document, index) => carriedBy({ document, index, file, text }));
  const byName = new Map(carried.map((entry) => [entry.input.file, entry]));
  return {
    inputs: carried.map(({ input }) => input),
    locate: (position) => byName.get(position.file)?.locate(position) ?? position,
  };
}

const mayCarry = /^#cloud-config\b|^\s*write_files:|kind: *(?:KubeadmControlPlane|KubeadmConfig)/m;

interface Carried {
  readonly input: InputFile;
  locate(position: FilePosition): FilePosition;
}

interface Carrier {
  readonly document: YamlDocument;
  readonly index: number;
  readonly file: string;
  readonly text: string;
}

function carriedBy({ document, index, file, text }: Carrier): readonly Carried[] {
  return listPaths(document.value).flatMap((list) => {
    const entries = readPath(document.value, list);
    if (!Array.isArray(entries)) return [];
    return entries.flatMap((entry: unknown, position): readonly Carried[] => {
      if (!isRecord(entry) || typeof entry["path"] !== "string" || typeof entry["content"] !== "string") return [];
      const content = decoded(entry["content"], entry["encoding"]);
      if (content === undefined) return [];
      const name = `${file}${index === 0 ? "" : `#${index + 1}`}!${entry["path"]}`;
      const start = document.locate([...list, position, "content"]);
      const mode = modeOf(entry["permissions"]);
      return [
        {
          input: { file: name, text: content, ...(mode === undefined ? {} : { mode }) },
          locate: content === entry["content"] ? withinBlock(text, start) : () => start,
        },
      ];
    });
  });
}

function listPaths(value: unknown): readonly (readonly PathStep[])[] {
  const kind = isRecord(value) ? value["kind"] : undefined;
  if (kind === undefined) return [["write_files"]];
  const spec: Readonly<Record<string, readonly PathStep[]>> = {
    KubeadmControlPlane: ["spec", "kubeadmConfigSpec", "files"],
    KubeadmControlPlaneTemplate: ["spec", "template", "spec", "kubeadmConfigSpec", "files"],
    KubeadmConfig: ["spec", "files"],
    KubeadmConfigTemplate: ["spec", "template", "spec", "files"],
  };
  const path = typeof kind === "string" && Object.hasOwn(spec, kind) ? spec[kind] : undefined;
  return path === undefined ? [] : [path];
}

function decoded(content: string, encoding: unknown): string | undefined {
  if (encoding === undefined || encoding === "" || encoding === "text/plain") return content;
  if (encoding === "b64" || encoding === "base64") return Buffer.from(content, "base64").toString("utf8");
  // Compressed content is left to its maker.
  return undefined;
}

function modeOf(permissions: unknown): number | undefined {
  const text = typeof permissions === "number" ? permissions.toString(8) : permissions;
  return typeof text === "string" && /^0?[0-7]{3,4}$/.test(text) ? Number.parseInt(text, 8) : undefined;
}

// A block scalar begins on the line after its mark, indented by as much as its first line is.
function withinBlock(text: string, start: FilePosition): Carried["locate"] {
  const lines = text.split("\n");
  const mark = lines[start.line - 1]?.slice(start.column - 1) ?? "";
  if (!/^[|>]/.test(mark)) return () => start;
  const first = lines.slice(start.line).find((line) => line.trim() !== "") ?? "";
  const indent = first.length - first.trimStart().length;
  return ({ line, column }) => ({ file: start.file, line: start.line + line, column: indent + column });
}
