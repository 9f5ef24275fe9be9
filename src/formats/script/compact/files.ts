import { withDefaults } from "../../../plan/facts.ts";
import type { BootstrapRole, FileContent, PlannedFile, PlannedNode } from "../../../plan/plan.ts";

/** A file that a machine's own means (write_files, storage.files) can bring: nothing of the machine is in it. */
export interface GivenFile {
  readonly path: string;
  readonly mode: number;
  readonly text: string;
}

/** The files that stand in user data as they are, in writing order; `compactScript` makes the others. */
export function givenFiles(node: PlannedNode): readonly GivenFile[] {
  return node.files.flatMap((file) => {
    const given = contentOf(file, node.bootstrap);
    return given === undefined || given.needs.length > 0
      ? []
      : [{ path: file.path, mode: file.mode, text: given.text }];
  });
}

/** A file that the script makes in one role. */
export interface MadeFile {
  readonly file: PlannedFile;
  readonly content: FileContent;
  /** What stands in its place, as it was given for the role that was expected. */
  readonly given: string | undefined;
}

/** What becomes of a node's files in one role, beside those that were given. */
export interface RoleFiles {
  /** All that this role has, whoever brings them. */
  readonly all: readonly PlannedFile[];
  readonly made: readonly MadeFile[];
  /** Given for the role that was expected, and of no use in this one. */
  readonly dropped: readonly string[];
}

/** Sorts a node's files as the script finds them in a role. */
export function roleFiles(node: PlannedNode, role: BootstrapRole): RoleFiles {
  const given = new Map(givenFiles(node).map(({ path, text }) => [path, text]));
  const mine = node.files.flatMap((file) => {
    const content = contentOf(file, role);
    return content === undefined ? [] : [{ file, content }];
  });
  const paths = new Set(mine.map(({ file }) => file.path));
  return {
    all: mine.map(({ file }) => file),
    made: mine
      .map(({ file, content }) => ({ file, content, given: given.get(file.path) }))
      .filter(({ content, given }) => given !== content.text || content.needs.length > 0),
    dropped: [...given.keys()].filter((path) => !paths.has(path)),
  };
}

function contentOf(file: PlannedFile, role: BootstrapRole): FileContent | undefined {
  const variant = file.variants[role];
  return variant === null ? undefined : withDefaults(variant);
}
