import { isAlias, isMap, isScalar, isSeq, type Pair, parseDocument, type YAMLMap } from "yaml";

import type { KubeadmDocument } from "../config/kubeadm-documents.ts";
import type { PathStep } from "../config/paths.ts";
import { readYaml } from "../yaml/read.ts";
import { toYaml } from "../yaml/write.ts";
import { secretPaths } from "./secrets.ts";
import { applySplices, removePairs } from "./splice.ts";

/** A document's text without its secrets, keys and all; the rest stays as it was written. */
export function textWithoutSecrets(document: KubeadmDocument): string {
  const { text } = document.source;
  const { contents } = parseDocument(text, { prettyErrors: false });
  const secrets = new Map<YAMLMap, Pair[]>();
  for (const path of secretPaths(document)) {
    const place = findPair(contents, path);
    if (place !== undefined) secrets.set(place.map, [...(secrets.get(place.map) ?? []), place.pair]);
  }
  const result = applySplices(
    text,
    [...secrets].flatMap(([map, pairs]) => removePairs(text, map, pairs)),
  );
  // Something else was an alias of a secret: then it is written out instead.
  return readYaml("", result).findings.length === 0 ? result : toYaml(withoutPaths(document));
}

interface Place {
  readonly map: YAMLMap;
  readonly pair: Pair;
}

/** The entry at a path; none behind an alias, since what it stands for has a path of its own. */
function findPair(root: unknown, path: readonly PathStep[]): Place | undefined {
  let node = root;
  for (const [index, step] of path.entries()) {
    if (isAlias(node)) return undefined;
    if (isSeq(node)) {
      node = node.items[Number(step)];
      continue;
    }
    if (!isMap(node)) return undefined;
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
    if (pair === undefined) return undefined;
    if (index === path.length - 1) return { map: node, pair };
    node = pair.value;
  }
  return undefined;
}

function withoutPaths(document: KubeadmDocument): unknown {
  const value: unknown = structuredClone(document.source.value);
  for (const path of secretPaths(document)) {
    const parent = path
      .slice(0, -1)
      .reduce<unknown>((at, step) => (at as Record<PathStep, unknown> | undefined)?.[step], value);
    delete (parent as Record<PathStep, unknown>)[path.at(-1) ?? ""];
  }
  return value;
}
