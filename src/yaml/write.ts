import { Document, isMap, isNode, isScalar, isSeq, type Node, visit } from "yaml";

/** Comments by the path of the key they stand above, such as `spec.containers[0].env`; "" is the head of the file. */
export type Comments = Readonly<Record<string, string>>;

/**
 * YAML as every reader in the cluster understands it: version 1.1 quoting, because kubelet's and
 * kubeadm's parser takes `on`, `yes` and `1_000` for other things than strings; no line is folded,
 * no anchors are made. Equal input gives equal bytes.
 */
export function toYaml(value: unknown, comments: Comments = {}): string {
  const key = JSON.stringify([value, comments]);
  const known = written.get(key);
  if (known !== undefined) return known;
  const document = new Document(value, { version: "1.1", aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === "string" && isNumberToGo(node.value)) node.type = "QUOTE_DOUBLE";
    },
  });
  for (const [path, comment] of Object.entries(comments)) placeComment(document, path, comment);
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: false });
  written.set(key, text);
  return text;
}

// Go takes more for numbers than YAML 1.1 does, such as 0o7, 0XF and +_5:
// https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/resolve.go
function isNumberToGo(text: string): boolean {
  return (
    /^[-+.\d]/.test(text) &&
    /^[-+]?(0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+|(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?)$/.test(text.replaceAll("_", ""))
  );
}

// Most nodes of a cluster get the same pods: a hundred nodes cost little more than three.
const written = new Map<string, string>();

function placeComment(document: Document, path: string, comment: string): void {
  const text = comment
    .split("\n")
    .map((line) => (line === "" ? "" : ` ${line}`))
    .join("\n");
  if (path === "") {
    document.commentBefore = text;
    return;
  }
  const node = commentTarget(document.contents, pathSteps(path));
  if (node === undefined) throw new Error(`no place for the comment at ${path}`);
  node.commentBefore = text;
}

function commentTarget(root: unknown, steps: readonly (string | number)[]): Node | undefined {
  let node = root;
  for (const step of steps.slice(0, -1)) node = isMap(node) || isSeq(node) ? node.get(step, true) : undefined;
  const last = steps.at(-1);
  if (isSeq(node) && typeof last === "number") {
    const item = node.items[last];
    return isNode(item) ? item : undefined;
  }
  if (!isMap(node)) return undefined;
  const key = node.items.find((pair) => isScalar(pair.key) && pair.key.value === last)?.key;
  return isNode(key) ? key : undefined;
}

function pathSteps(path: string): readonly (string | number)[] {
  return path
    .replaceAll(/\[(\d+)\]/g, ".$1")
    .split(".")
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}
