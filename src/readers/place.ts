/** Where a file belongs: the machine it is for, and the machines beside that one. */
export interface Place {
  /** The directory that stands for the machine's root, or that holds its loose files. */
  readonly node: string;
  /** The directory above it. */
  readonly cluster: string;
  /** Absolute path on the machine. */
  readonly path: string;
}

/**
 * A tree that has `etc` in it stands for a machine's root, as `render -o` writes one for each node;
 * other files belong to a machine with those in the same directory.
 */
export function placeOf(file: string): Place {
  const steps = file.split("/");
  const etc = steps.indexOf("etc");
  const root = etc >= 0 ? steps.slice(0, etc) : steps.slice(0, -1);
  const rest = steps.slice(root.length);
  return {
    node: root.join("/") || ".",
    cluster: root.slice(0, -1).join("/") || ".",
    path: `/${rest.join("/")}`,
  };
}
