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
}

export interface YamlStream {
  readonly documents: readonly YamlDocument[];
  readonly findings: readonly Finding[];
}

/** Larger files are refused unread: no configuration is that long, and a parser can be kept busy with less. */
export const maxFileBytes = 10 * 1024 * 1024;

/** Reads a stream of YAML documents; what cannot be read is a finding, never an exception. */
export function readYaml(file: string, text: string): YamlStream {
  if (text.length > maxFileBytes) return refused(file, `is ${text.length} bytes long; 10 MiB is the limit`);
  const strange = unreadable.exec(text);
  if (strange !== null) {
    const code = (strange[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return refused(file, `has the character U+${code}, which Go's YAML reader refuses or takes for a line end`);
  }
  if (opensMoreThan(text, deepest)) return refused(file, `has more than ${deepest} brackets that are open at once`);
  const lines = new LineCounter();
  try {
    const parsed = parseAllDocuments(text, {
      lineCounter: lines,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: "error",
    });
    const documents = "empty" in parsed ? [] : parsed;
    const errors = documents.flatMap((document) =>
      document.errors.map((error) => syntaxFinding(positionAt(file, lines, error.pos[0]), error.message)),
    );
    for (const document of documents)
      visit(document, {
        Alias: (_, alias, path) => {
          if (path.some((node) => isNode(node) && node === alias.resolve(document)))
            errors.push(syntaxFinding(positionAt(file, lines, alias.range?.[0] ?? 0), "an alias of what it stands in"));
        },
        Map: (_, map) =>
          void errors.push(
            ...repeatedKeys(map).map((offset) =>
              syntaxFinding(positionAt(file, lines, offset), "Map keys must be unique"),
            ),
          ),
      });
    if (errors.length > 0) return { documents: [], findings: errors };
    const described = documents.map((document, index) => {
      const previousEnd = documents[index - 1]?.range[2] ?? 0;
      return describe({ file, text, lines, document, previousEnd });
    });
    return {
      documents: described.filter((_, index) => hasContent(documents[index])),
      findings: [],
    };
  } catch (error) {
    // Too many aliases (a "billion laughs" document) and too deep a nesting are thrown, not collected.
    return refused(file, error instanceof Error ? error.message : String(error));
  }
}

interface ParsedFile {
  readonly file: string;
  readonly text: string;
  readonly lines: LineCounter;
  readonly document: Document.Parsed;
  readonly previousEnd: number;
}

function describe({ file, text, lines, document, previousEnd }: ParsedFile): YamlDocument {
  const [start, , end] = document.range;
  const at = (node: unknown): FilePosition => positionAt(file, lines, (node as Node | null)?.range?.[0] ?? start);
  return {
    file,
    text: text.slice(previousEnd, start).replaceAll(documentMarks, "") + text.slice(start, end),
    value: document.toJS({ maxAliasCount: 100 }),
    locate: (path) => at(nearest(document.contents, path)),
    locateKey: (path) => at(keyNode(document.contents, path) ?? nearest(document.contents, path)),
  };
}

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

// kubeadm and kubelet read with Go, where U+0085, U+2028 and U+2029 end lines and the others end everything.
const unreadable = /[^\t\n\r\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

// Nobody nests so deep, and the parser takes a second for half a million.
const deepest = 500;

function opensMoreThan(text: string, limit: number): boolean {
  let open = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index);
    if (character === 0x5b || character === 0x7b) open++;
    else if ((character === 0x5d || character === 0x7d) && open > 0) open--;
    if (open > limit) return true;
  }
  return false;
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
