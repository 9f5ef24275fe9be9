import { type Document, isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Scalar } from "yaml";

import type { Leaf } from "./leaf.ts";

/**
 * Every value of a YAML stream with its path, as two readers see it: the `yaml` package by YAML 1.1,
 * and the rules of sigs.k8s.io/yaml, which is what kubelet and kubeadm read with. They must agree.
 */
export function readYamlLeaves(text: string): readonly Leaf[] {
  // Compared with kubeadm v1.36.3: U+0085, U+2028 and U+2029 end a line there, the others are refused.
  const forbidden = /[^\t\n\r\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(text);
  if (forbidden !== null)
    throw new Error(`Go reads the character U+${forbidden[0].codePointAt(0)?.toString(16)} otherwise or not at all`);
  const documents = parse(text);
  const separators = text.split("\n").filter((line) => /^---\s*$/.test(line)).length;
  if (documents.length > separators + 1) throw new Error("kubeadm would find fewer documents than there are");
  return documents.flatMap((document, index) => leavesBelow(document, document.contents, `${index}`));
}

function parse(text: string): readonly Document.Parsed[] {
  const documents = parseAllDocuments(text, { version: "1.1", uniqueKeys: true, prettyErrors: false });
  if ("empty" in documents) return [];
  const problem = documents.flatMap((document) => document.errors)[0];
  if (problem !== undefined) throw new Error(`not YAML: ${problem.message}`);
  return documents;
}

function leavesBelow(document: Document, node: unknown, path: string): readonly Leaf[] {
  if (isMap(node)) {
    const entries = node.items.flatMap(({ key, value }) => {
      const name = isScalar(key) ? scalar(key) : { value: "?" };
      return leavesBelow(document, value, `${path}.${name.value}`);
    });
    return [{ path, value: `map of ${node.items.length}` }, ...entries];
  }
  if (isSeq(node)) {
    const items = node.items.flatMap((item, index) => leavesBelow(document, item, `${path}[${index}]`));
    return [{ path, value: `list of ${node.items.length}` }, ...items];
  }
  if (isAlias(node)) return leavesBelow(document, node.resolve(document), path);
  if (!isScalar(node)) return [{ path, value: "", type: "null" }];
  return [{ path, ...scalar(node) }];
}

function scalar(node: Scalar): Omit<Leaf, "path"> {
  const plain = node.type === "PLAIN" && node.tag === undefined;
  const source = plain ? (node.source ?? "") : String(node.value);
  const go = plain ? goType(source) : "string";
  const here = node.value === null ? "null" : typeof node.value;
  if ((go === "string") !== (here === "string") && !(node.tag ?? "").startsWith("!"))
    throw new Error(`${JSON.stringify(source)} is a ${here} by YAML 1.1 and a ${go} to Go`);
  return { value: source, type: here };
}

/** How go-yaml v2 resolves a plain scalar: https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/resolve.go */
export function goType(text: string): "null" | "boolean" | "number" | "string" {
  if (/^(~|null|Null|NULL|)$/.test(text)) return "null";
  if (/^(y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE|n|N|no|No|NO|off|Off|OFF|false|False|FALSE)$/.test(text))
    return "boolean";
  if (/^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$/.test(text)) return "number";
  const digits = text.replaceAll("_", "");
  if (/^[-+0-9.]/.test(text) && /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(digits)) return "number";
  return /^[-+]?0([xX][\da-fA-F]+|[oO][0-7]+|[bB][01]+)$/.test(digits) && /^[-+0-9]/.test(text) ? "number" : "string";
}
