import { exampleConfigurations } from "../../system/support/configurations.ts";
import { runWith } from "../../support/io.ts";
import { join } from "node:path";
import { readFileSync } from "node:fs";
import { newDirectory } from "./directory.ts";

/** A configuration as the command line gets it. */
export interface Cluster {
  readonly name: string;
  /** What is read by these names. */
  readonly files: Readonly<Record<string, string>>;
  /** For `render` and `prepare` alike. */
  readonly flags: readonly string[];
  /** Nodes of each kind; an example has no worker if it shows none. */
  readonly nodes: { readonly founder: string; readonly other: string; readonly worker: string | undefined };
}

const versions = ["v1.30.4", "v1.34.10", "v1.37.0"] as const;

/** Every example of the repository, the releases of Kubernetes taking turns. */
export const examples: readonly Cluster[] = exampleConfigurations().map((configuration, index) => {
  const version = versions[index % versions.length] ?? versions[0];
  const documents = configuration.kubeadm(Number(version.split(".")[1]));
  const [founder = "", other = ""] = [...configuration.text.matchAll(/^- \{name: ([\w-]+),/gm)].map(
    ([, name = ""]) => name,
  );
  return {
    name: `${configuration.name} ${version}`,
    files: { "ha.yaml": configuration.text, ...(documents !== undefined && { "kubeadm.yaml": documents }) },
    flags: [
      "--config",
      "ha.yaml",
      "--kubernetes-version",
      version,
      ...(documents === undefined ? [] : ["--kubeadm-config", "kubeadm.yaml"]),
    ],
    nodes: { founder, other, worker: /^- \{name: ([\w-]+),.*role: worker/m.exec(configuration.text)?.[1] },
  };
});

/** One of the examples. */
export function example(name: string): Cluster {
  const found = examples.find((cluster) => cluster.name.startsWith(`${name} `));
  if (found === undefined) throw new Error(`there is no example ${name}`);
  return found;
}

/** The cluster with a piece of its own file replaced, and with more flags; a flag that is given again wins. */
export function edited(
  cluster: Cluster,
  edits: Readonly<Record<string, string>>,
  ...flags: readonly string[]
): Cluster {
  let text = cluster.files["ha.yaml"] ?? "";
  for (const [piece, by] of Object.entries(edits)) {
    if (!text.includes(piece)) throw new Error(`${cluster.name} has no ${piece}`);
    text = text.replace(piece, () => by);
  }
  const given = new Set(flags.filter((word) => word.startsWith("--")));
  const kept = cluster.flags.filter((word, index) => !given.has(word) && !given.has(cluster.flags[index - 1] ?? ""));
  return { ...cluster, files: { ...cluster.files, "ha.yaml": text }, flags: [...kept, ...flags] };
}

/** A node script, and what was said when it was made. */
export interface Script {
  readonly text: string;
  readonly err: string;
}

const scripts = new Map<string, Promise<Script>>();

/** The script of a node, as `render` makes it. */
export function scriptOf(cluster: Cluster, node: string): Promise<Script> {
  const key = JSON.stringify([cluster.files, cluster.flags, node]);
  const made = scripts.get(key) ?? render(cluster, node);
  scripts.set(key, made);
  return made;
}

// Into a directory: one with secrets is not printed.
async function render({ files, flags }: Cluster, node: string): Promise<Script> {
  const directory = join(newDirectory(), "scripts");
  const argv = [...flags, "--node", node, "--format", "script", "-o", directory];
  const { code, err } = await runWith(files, "render", ...argv);
  if (code !== 0) throw new Error(err);
  return { text: readFileSync(join(directory, `${node}.sh`), "utf8"), err: err.replace(/^\[render\] .*\n/m, "") };
}
