import type { Finding } from "../findings/finding.ts";
import type { Fix } from "../rules/rule.ts";

/** A file as it would be without what can be mended in one way only. */
export interface FixedText {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** The files that unambiguous changes alter; comments and everything else stay as they are. */
export function fixedTexts(
  findings: readonly (Finding & { readonly fix?: Fix })[],
  texts: ReadonlyMap<string, string>,
): readonly FixedText[] {
  const fixes = findings.flatMap(({ fix }) => (fix === undefined ? [] : [fix]));
  return [...new Set(fixes.map(({ file }) => file))].toSorted().flatMap((file) => {
    const before = texts.get(file);
    if (before === undefined) return [];
    const after = apply(
      before,
      fixes.filter((fix) => fix.file === file),
    );
    return after === before ? [] : [{ file, before, after }];
  });
}

function apply(text: string, fixes: readonly Fix[]): string {
  const lines: (string | undefined)[] = text.split("\n");
  for (const { line, find, replace } of fixes) {
    const content = lines[line - 1];
    // Two changes of one line may get in each other's way: the next run makes the second.
    if (content === undefined || content.split(find).length !== 2) continue;
    const changed = content.replace(find, () => replace);
    lines[line - 1] = changed.trim() === "" && content.trim() !== "" ? undefined : changed;
  }
  return lines.filter((line) => line !== undefined).join("\n");
}
