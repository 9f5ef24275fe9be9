import type { Finding } from "./finding.ts";
import { filePosition } from "./report.ts";

/**
 * Findings without those that a comment in their file asks to leave out: `# kubeadm-ha: ignore HA07 reason` at
 * the end of a line or on the line above it, `# kubeadm-ha: ignore-file HA07 reason` anywhere in the file.
 */
export function withoutSuppressed(
  findings: readonly Finding[],
  texts: ReadonlyMap<string, string>,
): { readonly findings: readonly Finding[]; readonly suppressed: number } {
  const known = new Map<string, Suppressions>();
  const kept = findings.filter(({ rule, position }) => {
    const place = filePosition(position);
    if (place === undefined) return true;
    const suppressions = known.get(place.file) ?? suppressionsIn(texts.get(place.file) ?? "");
    known.set(place.file, suppressions);
    return !suppressions.file.has(rule) && suppressions.lines.get(place.line)?.has(rule) !== true;
  });
  return { findings: kept, suppressed: findings.length - kept.length };
}

interface Suppressions {
  readonly file: ReadonlySet<string>;
  readonly lines: ReadonlyMap<number, ReadonlySet<string>>;
}

function suppressionsIn(text: string): Suppressions {
  const file = new Set<string>();
  const lines = new Map<number, Set<string>>();
  if (!text.includes("kubeadm-ha: ignore")) return { file, lines };
  const all = text.split("\n");
  for (const [index, line] of all.entries()) {
    const match = /^(.*?)[#!] *kubeadm-ha: ignore(-file)? +([\w-]+(?: *, *[\w-]+)*)/.exec(line);
    if (match === null) continue;
    const [, before = "", wholeFile, list = ""] = match;
    const rules = list.split(",").map((rule) => rule.trim());
    if (wholeFile !== undefined) {
      for (const rule of rules) file.add(rule);
      continue;
    }
    const target = before.trim() === "" ? nextLine(all, index + 1) : index;
    const set = lines.get(target + 1) ?? new Set();
    for (const rule of rules) set.add(rule);
    lines.set(target + 1, set);
  }
  return { file, lines };
}

// Several comments may stand above one line.
function nextLine(lines: readonly string[], start: number): number {
  let index = start;
  while (index < lines.length && /^\s*(?:[#!].*)?$/.test(lines[index] ?? "")) index++;
  return index;
}
