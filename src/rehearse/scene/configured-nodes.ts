import { isRecord, readPath } from "../../config/paths.ts";
import { kind } from "../../config/schema.ts";
import type { InputFile } from "../../readers/read-tree.ts";
import { readYaml } from "../../yaml/read.ts";

/** The addresses of nodes by name, where an HAConfiguration lies among the files. */
export function configuredNodes(inputs: ReadonlyMap<string, InputFile>): ReadonlyMap<string, readonly string[]> {
  const documents = [...inputs.values()]
    .filter(({ text }) => text.includes(kind))
    .flatMap(({ file, text }) => readYaml(file, text).documents)
    .map(({ value }) => value)
    .filter((value) => readPath(value, ["kind"]) === kind);
  return new Map(documents.flatMap((value) => nodesOf(readPath(value, ["nodes"]))));
}

function nodesOf(list: unknown): readonly (readonly [name: string, addresses: readonly string[]])[] {
  if (!Array.isArray(list)) return [];
  return list.filter(isRecord).flatMap(({ name, addresses }) => {
    if (typeof name !== "string" || !Array.isArray(addresses)) return [];
    return [[name, addresses.filter((address) => typeof address === "string")] as const];
  });
}
