import {
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
  type Pair,
  visit,
  type YAMLMap,
} from "yaml";

import type { FilePosition, Finding } from "../findings/finding.ts";
import { goReading } from "./go-value.ts";
import { withIndentedQuotes } from "./quoted-lines.ts";
import { refusalOf } from "./refusal.ts";

/** Keys and indices from the root of a document to a value. */
export type Path = readonly (string | number)[];

/** One document of a YAML stream: its value, its own text, and where its parts are in the file. */
export interface YamlDocument {
  readonly file: string;
  /** The document's own text with the comments above it, without the `---` around it. */
  readonly text: string;
  readonly value: unknown;
  /** Where the value at `path` is; where it is missing, its nearest ancestor. */
  locate(path: Path): FilePosition;
  /** Where the key of the map entry at `path` is. */
  locateKey(path: Path): FilePosition;
  /** The value as Go's reader sees it, with what that refuses. */
  asGoReads(): { readonly value: unknown; readonly refusals: readonly Finding[] };
}

export interface YamlStream {
  readonly documents: readonly YamlDocument[];
  readonly findings: readonly Finding[];
}

/** How forgiving a reading is. */
export interface Leniency {
  /** Whether the last of several keys counts, as for programs that do not ask Go's reader to be strict. */
  readonly repeatedKeys: boolean;
}

/** Reads a stream of YAML documents; what cannot be read is a finding, never an exception. */
export function readYaml(file: string, text: string, leniency: Leniency = strict): YamlStream {
  const reason = refusalOf(text);
  if (reason !== undefined) return refused(file, reason);
  try {
    const first = parse(text);
    const hasOpenQuotes = first.documents.some(({ errors }) => errors.some(({ code }) => code === "MISSING_CHAR"));
    // Lines stay what they are, and so do columns but for what follows the end of such a text on its line.
    return streamOf(file, hasOpenQuotes ? parse(withIndentedQuotes(text)) : first, leniency);
  } catch (error) {
    // Too many aliases (a "billion laughs" document) and too deep a nesting are thrown, not collected.
    return refused(file, error instanceof Error ? error.message : String(error));
  }
}

const strict: Leniency = { repeatedKeys: false };

interface ParsedText {
  readonly text: string;
  readonly lines: LineCounter;
  readonly documents: readonly Document.Parsed[];
}

function parse(text: string): ParsedText {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, {
    lineCounter: lines,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "error",
  });
  return { text, lines, documents: "empty" in parsed ? [] : parsed };
}

function streamOf(file: string, { text, lines, documents }: ParsedText, leniency: Leniency): YamlStream {
  const errors = documents.flatMap((document) =>
    document.errors.map((error) => syntaxFinding(positionAt(file, lines, error.pos[0]), error.message)),
  );
  for (const { offset, message } of documents.flatMap((document) => structuralMistakes(document, leniency)))
    errors.push(syntaxFinding(positionAt(file, lines, offset), message));
  if (errors.length > 0) return { documents: [], findings: errors };
  const described = documents.map((document, index) => {
    const previousEnd = documents[index - 1]?.range[2] ?? 0;
    return describe({ file, text, lines, document, previousEnd, leniency });
  });
  return {
    documents: described.filter((_, index) => hasContent(documents[index])),
    findings: [],
  };
}

interface ParsedFile {
  readonly file: string;
  readonly text: string;
  readonly lines: LineCounter;
  readonly document: Document.Parsed;
  readonly previousEnd: number;
  readonly leniency: Leniency;
}

function describe({ file, text, lines, document, previousEnd, leniency }: ParsedFile): YamlDocument {
  const [start, , end] = document.range;
  const at = (node: unknown): FilePosition => positionAt(file, lines, (node as Node | null)?.range?.[0] ?? start);
  return {
    file,
    text: documentText(text.slice(previousEnd, start), text.slice(start, end)),
    value: document.toJS({ maxAliasCount: 100 }),
    locate: (path) => at(nearest(document.contents, path)),
    locateKey: (path) => at(keyNode(document.contents, path) ?? nearest(document.contents, path)),
    asGoReads: () => {
      const { value, refusals } = goReading(document, leniency);
      return {
        value,
        refusals: refusals.map(({ offset, message }) => syntaxFinding(positionAt(file, lines, offset), message)),
      };
    },
  };
}

/**
 * A document with the comments above it. A separator between the two would make the comments a
 * document of their own to kubeadm, and a byte order mark belongs to the beginning of a file.
 */
function documentText(before: string, own: string): string {
  const comments = before.replace(byteOrderMark, "").replaceAll(documentMarks, "");
  if (comments.trim() === "") return own.replace(byteOrderMark, "");
  return comments + own.replace(/^---[ \t]*(?:(#.*\n)|\r?\n)/, (_, comment: string | undefined) => comment ?? "");
}

const byteOrderMark = /^\ufeff/;
// Document start and end, and directives: they belong to the stream, not to the document.
const documentMarks = /^(---|\.\.\.|%).*(\n|$)/gm;

function nearest(root: unknown, path: Path): unknown {
  let node = root;
  for (const step of path) {
    const next = isMap(node) ? pairOf(node, step)?.value : isSeq(node) ? node.get(step, true) : undefined;
    if (next === undefined || next === null) return node;
    node = next;
  }
  return node;
}

function keyNode(root: unknown, path: Path): unknown {
  const parent = nearest(root, path.slice(0, -1));
  const name = path.at(-1);
  if (!isMap(parent)) return undefined;
  return pairOf(parent, name ?? "")?.key;
}

// The parser looks through all entries for each key; a file with 20,000 wrong keys would take ten seconds.
const indices = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

function pairOf(map: YAMLMap, key: string | number): Pair | undefined {
  const index =
    indices.get(map) ??
    new Map(
      map.items.toReversed().flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair] as const] : [])),
    );
  indices.set(map, index);
  return index.get(String(key));
}

function positionAt(file: string, lines: LineCounter, offset: number): FilePosition {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
}

function hasContent(document: Document.Parsed | undefined): boolean {
  return (
    document !== undefined &&
    document.contents !== null &&
    !(isScalar(document.contents) && document.contents.value === null)
  );
}

interface Mistake {
  readonly offset: number;
  readonly message: string;
}

function structuralMistakes(document: Document.Parsed, leniency: Leniency): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  visit(document, {
    Alias: (_, alias, path) => {
      if (path.some((node) => isNode(node) && node === alias.resolve(document)))
        mistakes.push({ offset: alias.range?.[0] ?? 0, message: "an alias of what it stands in" });
    },
    Map: (_, map) => {
      if (leniency.repeatedKeys) return;
      for (const offset of repeatedKeys(map)) mistakes.push({ offset, message: "Map keys must be unique" });
    },
  });
  return mistakes;
}

// The parser's own check compares each key with all before it.
function repeatedKeys(map: YAMLMap): readonly number[] {
  const seen = new Set<string>();
  return map.items.flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    const name = `${typeof key.value} ${String(key.value)}`;
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [key.range?.[0] ?? 0];
  });
}

function syntaxFinding(position: FilePosition, message: string): Finding {
  return {
    rule: "yaml-syntax",
    severity: "error",
    path: "(file)",
    position,
    message,
    remedy: "correct the YAML; nothing else was checked",
  };
}

function refused(file: string, message: string): YamlStream {
  const position = { file, line: 1, column: 1 };
  const remedy = "write the configuration as a small file of plain YAML";
  return {
    documents: [],
    findings: [{ rule: "yaml-refused", severity: "error", path: "(file)", position, message, remedy }],
  };
}
