import type { Rule } from "../../config/rule.ts";

/** kubeadm looks at the first character to tell JSON from YAML. */
export const flowDocument: Rule = {
  id: "kubeadm-json",
  summary: "a document that begins with { is JSON",
  reason: "kubeadm takes it for JSON and refuses it otherwise: couldn't get version/kind; json parse error",
  check: (spec) =>
    spec.kubeadmDocuments
      .filter(({ source }) =>
        source.text
          .replaceAll(/^\s*(#.*)?$/gm, "")
          .trimStart()
          .startsWith("{"),
      )
      .filter(({ source }) => !isJSON(source.text))
      .map(({ kind, source }) => ({
        severity: "error" as const,
        path: kind,
        position: source.locate([]),
        message: `${kind} is one map in braces that is no JSON`,
        remedy: "write it in block style, or quote every key and text",
      })),
};

function isJSON(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
