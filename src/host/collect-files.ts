import { isUtf8 } from "node:buffer";
import { lstatSync, readdirSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";

import type { Finding } from "../findings/finding.ts";
import { maxFileBytes } from "../yaml/refusal.ts";
import { errorCode } from "./files.ts";
import { readRegular } from "./read-regular.ts";

/** A text file that was found. */
export interface CollectedFile {
  /** As findings name it: below the path that was given. */
  readonly file: string;
  readonly text: string;
  readonly mode: number;
}

/** What stands at and below some paths. */
export interface Collection {
  readonly files: readonly CollectedFile[];
  /** What could not be read, as findings. */
  readonly problems: readonly Finding[];
  /** How many were left out, by reason. */
  readonly skipped: ReadonlyMap<string, number>;
}

/** Reads files, and all files below directories in the order of their names; nothing in there makes it fail or wait. */
export function collectFiles(
  paths: readonly string[],
  isExcluded: (path: string) => boolean = () => false,
): Collection {
  const files: CollectedFile[] = [];
  const problems: Finding[] = [];
  const skipped = new Map<string, number>();
  visitFiles(paths, {
    isExcluded,
    file: (file) => void files.push(file),
    problem: (finding) => void problems.push(finding),
    skip: (reason) => void skipped.set(reason, (skipped.get(reason) ?? 0) + 1),
  });
  return { files, problems, skipped };
}

/** Is told of everything that stands at and below some paths, one after the other. */
export interface FileVisitor {
  isExcluded?(path: string): boolean;
  /** Whether nothing more needs to be read. */
  isDone?(): boolean;
  file(found: CollectedFile): void;
  problem(finding: Finding): void;
  skip(reason: string): void;
}

/** The same for who need not have all files at once. */
export function visitFiles(paths: readonly string[], visitor: FileVisitor): void {
  const visit = (path: string, named: boolean): void => {
    if (visitor.isDone?.() === true) return undefined;
    if (visitor.isExcluded?.(path) === true) return visitor.skip("excluded");
    try {
      const status = named ? statSync(path) : lstatSync(path);
      if (status.isDirectory()) return visitAll(path);
      if (status.isSymbolicLink()) return visitLink(path);
      take(path, { status, named });
    } catch (error) {
      visitor.problem(unreadable(path, error));
    }
  };
  // A link to a directory leads somewhere that is read by its own name, or round in a circle.
  const visitLink = (path: string): void => {
    const target = statSync(path);
    return target.isDirectory() ? visitor.skip("link to a directory") : take(path, { status: target, named: false });
  };
  const visitAll = (path: string): void => {
    for (const name of readdirSync(path).toSorted()) {
      if (name === ".git" || name === "node_modules") visitor.skip(name);
      else visit(path === "." ? name : join(path, name), false);
    }
  };
  const take = (path: string, { status, named }: { readonly status: Stats; readonly named: boolean }): void => {
    if (!status.isFile()) return visitor.problem(special(path, status));
    if (status.size > maxFileBytes)
      return named || isOurs(path) ? visitor.problem(tooLarge(path)) : visitor.skip("large file");
    const bytes = readRegular(path);
    const text = isUtf8(bytes) ? bytes.toString("utf8") : undefined;
    if (text !== undefined && !text.includes("\0")) visitor.file({ file: path, text, mode: status.mode & 0o7777 });
    else if (named || isOurs(path)) visitor.problem(notText(path));
    else visitor.skip("binary file");
  };
  for (const path of paths) visit(plainPath(path), true);
}

// Without "./" before it and "/" after it.
function plainPath(path: string): string {
  let plain = path;
  while (plain.startsWith("./") && plain.length > 2) plain = plain.slice(2);
  while (plain.endsWith("/") && plain.length > 1) plain = plain.slice(0, -1);
  return plain;
}

function isOurs(path: string): boolean {
  return /\.(?:ya?ml|json|conf|cfg|sh)$/.test(path);
}

function problem(rule: string, path: string, text: Pick<Finding, "message" | "remedy">): Finding {
  return { rule, severity: "error", path: "(file)", position: { file: path, line: 1, column: 1 }, ...text };
}

function unreadable(path: string, error: unknown): Finding {
  const reason = { ENOENT: "does not exist", EACCES: "may not be read", ELOOP: "is a link that leads to itself" };
  const code = errorCode(error);
  const message = Object.hasOwn(reason, code) ? reason[code as keyof typeof reason] : `cannot be read (${code})`;
  return problem(code === "ELOOP" ? "FI05" : "FI01", path, { message, remedy: "name a file that this user may read" });
}

function special(path: string, status: Stats): Finding {
  const kind = status.isFIFO() ? "a FIFO" : status.isSocket() ? "a socket" : "a device";
  return problem("FI04", path, { message: `is ${kind}, not a file`, remedy: "leave it out, or --exclude it" });
}

function tooLarge(path: string): Finding {
  return problem("FI03", path, {
    message: `is larger than ${maxFileBytes / 1024 / 1024} MiB`,
    remedy: "no configuration is that large: leave it out, or --exclude it",
  });
}

function notText(path: string): Finding {
  return problem("FI02", path, { message: "is not UTF-8 text", remedy: "save it as UTF-8" });
}
