import { nearest } from "../../config/did-you-mean.ts";
import type { KeepalivedModel, UnknownKeyword } from "../../model/vrrp.ts";
import { knownKeywords } from "../../readers/keepalived-keywords.ts";
import type { FileRule, Hit } from "../rule.ts";

export const KA23: FileRule = {
  id: "KA23",
  name: "syntax",
  aliases: ["MARKUP"],
  scope: "keepalived",
  severity: "error",
  summary: "Every keyword is one that keepalived knows in its block, and no template is left in the file.",
  reason:
    "keepalived ignores lines that it does not know, and goes on without what they should have said: https://www.keepalived.org/manpage.html",
  remedy: "correct the word, and try the file with keepalived -t",
  check: (model: KeepalivedModel) => [
    ...model.unknown.map((keyword, index) => unknownHit(keyword, index < guesses)),
    ...model.problems.map(({ position, message, remedy }) => ({ position, path: "syntax", message, remedy })),
    ...model.residue.map(({ value, position }) => ({
      position,
      path: value,
      message: `${value} looks like a part of a template that nobody filled in`,
      remedy: "write the value, or render the template",
    })),
  ],
};

// A file with more unknown words than that is no keepalived.conf, and guesses take time.
const guesses = 50;

function unknownHit({ value, position, block, homes }: UnknownKeyword, guess: boolean): Hit {
  const where = block === "" ? "outside of all blocks" : `in ${block}`;
  const meant = guess ? nearest(value, [...(knownKeywords(block) ?? [])]) : undefined;
  const path = block === "" ? value : `${block}.${value}`;
  const message = `keepalived knows no ${value} ${where}`;
  if (homes.length > 0) return { position, path, message, remedy: `move ${value} into ${homes.join(" or ")}` };
  if (meant === undefined) return { position, path, message };
  return {
    position,
    path,
    message: `${message}; did you mean ${meant}?`,
    remedy: `write ${meant}`,
    fix: { file: position.file, line: position.line, find: value, replace: meant },
  };
}
