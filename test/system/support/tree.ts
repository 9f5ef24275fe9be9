import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";

/** What is below a directory, by path from there ("/etc/…"); two trees are equal if nobody could tell them apart. */
export type Tree = Readonly<Record<string, string>>;

/** Owner, mode and content of everything below a directory, and with `times` when each file was changed. */
export function treeOf(root: string, { times = false } = {}): Tree {
  const tree: Record<string, string> = {};
  const visit = (directory: string): void => {
    for (const name of readdirSync(path.join(root, directory)).toSorted()) {
      const place = `${directory}/${name}`;
      const entry = describe(path.join(root, place), times);
      tree[place] = entry;
      if (isDirectory(entry)) visit(place);
    }
  };
  visit("");
  return tree;
}

/** Whether an entry of a tree is a directory's. */
export function isDirectory(entry: string): boolean {
  return entry.startsWith("directory");
}

/** The content of a file's entry. */
export function contentOf(entry: string): string {
  return entry.slice(entry.indexOf("\n") + 1);
}

/** The tree without some of its paths. */
export function without(tree: Tree, isLeftOut: (place: string) => boolean): Tree {
  return Object.fromEntries(Object.entries(tree).filter(([place]) => !isLeftOut(place)));
}

function describe(place: string, times: boolean): string {
  const status = lstatSync(place);
  const owner = `${(status.mode & 0o7777).toString(8)} ${status.uid}:${status.gid}`;
  if (status.isDirectory()) return `directory ${owner}`;
  if (status.isSymbolicLink()) return `link ${readlinkSync(place)}`;
  if (!status.isFile()) return `special ${owner}`;
  return `file ${owner}${times ? ` ${status.mtimeMs}` : ""}\n${readFileSync(place, "utf8")}`;
}
