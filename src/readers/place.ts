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
 * Tells where files belong. A tree that has `etc` in it stands for a machine's root, as `render -o` writes
 * one for each node, and so does everything beside that `etc`; other files belong to a machine with
 * those in the same directory, and what lies beside machines belongs to all of them.
 */
export function placesOf(files: readonly string[]): (file: string) => Place {
  const roots = new Set(files.flatMap((file) => rootAboveEtc(file.split("/"))?.join("/") ?? []));
  const alone = new Map(files.map((file) => [file, placeAlone(file, roots)]));
  const clusters = new Set([...alone.values()].map(({ cluster }) => cluster));
  return (file) => {
    const place = alone.get(file) ?? placeAlone(file, roots);
    return clusters.has(place.node) ? { ...place, cluster: place.node } : place;
  };
}

function placeAlone(file: string, roots: ReadonlySet<string>): Place {
  const steps = file.split("/");
  const root = rootAboveEtc(steps) ?? nearestRoot(steps, roots) ?? looseRoot(steps);
  return {
    node: root.join("/") || ".",
    cluster: root.slice(0, -1).join("/") || ".",
    path: `/${steps.slice(root.length).join("/")}`,
  };
}

// Configurations are often kept in a directory for each program.
function looseRoot(steps: readonly string[]): readonly string[] {
  const above = steps.slice(0, -1);
  return programDirectory.test(above.at(-1) ?? "") ? above.slice(0, -1) : above;
}

const programDirectory = /^(?:keepalived|haproxy|nginx|kube-vip)(?:-\w+)?$/;

function rootAboveEtc(steps: readonly string[]): readonly string[] | undefined {
  const etc = steps.indexOf("etc");
  if (etc < 0) return undefined;
  // What an image or an administrator adds stands below /usr/local/etc.
  const above = steps.slice(0, etc);
  if (above.at(-1) === "local") above.pop();
  if (above.at(-1) === "usr") above.pop();
  return above;
}

function nearestRoot(steps: readonly string[], roots: ReadonlySet<string>): readonly string[] | undefined {
  for (let length = steps.length - 1; length > 0; length--) {
    const above = steps.slice(0, length);
    if (roots.has(above.join("/"))) return above;
  }
  return undefined;
}
