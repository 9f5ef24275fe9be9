import { type Leaf, lineLeaves } from "./leaf.ts";
import { readHaproxy } from "./read-haproxy.ts";
import { readKeepalived } from "./read-keepalived.ts";
import { readShell } from "./read-shell.ts";
import { readYamlLeaves } from "./read-yaml.ts";

/** Every file of a plan by "NODE PATH VARIANT", each as its leaves. */
export type ReadPlan = ReadonlyMap<string, readonly Leaf[]>;

interface JsonPlan {
  readonly nodes: readonly {
    readonly name: string;
    readonly files: readonly {
      readonly path: string;
      readonly variants: Readonly<Record<string, { readonly content: string } | null>>;
    }[];
  }[];
  readonly runbook: string;
}

/** Reads what `render --format json` prints, each file with a reader of its format. */
export function readPlan(output: string): ReadPlan {
  const plan = JSON.parse(output) as JsonPlan;
  const files = plan.nodes.flatMap(({ name, files: planned }) =>
    planned.flatMap(({ path, variants }) =>
      Object.entries(variants).flatMap(([variant, content]) =>
        content === null ? [] : [[`${name} ${path} ${variant}`, readFile(path, content.content)] as const],
      ),
    ),
  );
  return new Map([...files, ["RUNBOOK.md", lineLeaves(plan.runbook)]]);
}

/** Reads one file by its name. */
export function readFile(path: string, text: string): readonly Leaf[] {
  const key = `${path}\0${text}`;
  const known = read.get(key);
  if (known !== undefined) return known;
  if (read.size > 2000) read.clear();
  const leaves = readerOf(path)(text);
  read.set(key, leaves);
  return leaves;
}

// Most files of two plans are equal.
const read = new Map<string, readonly Leaf[]>();

function readerOf(path: string): (text: string) => readonly Leaf[] {
  if (path.endsWith(".yaml")) return readYamlLeaves;
  if (path.endsWith("keepalived.conf")) return readKeepalived;
  if (path.endsWith("haproxy.cfg")) return readHaproxy;
  return path.endsWith(".sh") ? readShell : lineLeaves;
}

/**
 * The first difference between a plan and another plan in which `harmless` stands wherever `value`
 * should: "" when the value is everywhere where it belongs and nothing else has changed.
 */
export function difference(
  found: ReadPlan,
  harmlessPlan: ReadPlan,
  [harmless, value]: readonly [string, string],
): string {
  const replaced = (text: string): string => text.replaceAll(harmless, () => value);
  const wanted = new Map([...harmlessPlan].map(([name, leaves]) => [replaced(name), leaves]));
  if ([...found.keys()].toSorted().join() !== [...wanted.keys()].toSorted().join())
    return `other files: ${[...found.keys()].join()}`;
  for (const [name, leaves] of found) {
    const others = wanted.get(name) ?? [];
    for (const [index, leaf] of leaves.entries()) {
      const other = others[index];
      const same =
        other !== undefined &&
        leaf.type === other.type &&
        leaf.value === replaced(other.value) &&
        leaf.path === replaced(other.path);
      if (!same) return `${name}: ${JSON.stringify(leaf).slice(0, 300)} instead of ${JSON.stringify(other)}`;
    }
    if (leaves.length !== others.length) return `${name}: ${leaves.length} values instead of ${others.length}`;
  }
  return "";
}
