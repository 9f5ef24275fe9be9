import type { ClusterSpec, SnippetKey } from "../config/spec.ts";
import { comment, type Lines } from "../render/text.ts";

/** The user's own lines for the end of a block; none without. */
export function snippet(spec: ClusterSpec, key: SnippetKey): Lines {
  const lines = spec.snippets[key] ?? [];
  return lines.length === 0 ? [] : [...comment(snippetHead(key)), ...lines];
}

/** The comment above them, by which they are found again. */
export function snippetHead(key: SnippetKey): string {
  return `Yours, from snippets.${key}:`;
}
