import type { PlacedWord } from "../../model/balancer.ts";
import { knownSince } from "../../readers/haproxy-keywords.ts";
import { removedSince } from "../../readers/haproxy-removed.ts";
import { placedWords } from "../../readers/haproxy-words.ts";
import { containerOf } from "../container.ts";
import type { FileRule, Hit } from "../rule.ts";
import { manual } from "./hits.ts";

/** The haproxy that runs knows every keyword. */
export const HA13: FileRule = {
  id: "HA13",
  name: "removed-keyword",
  aliases: ["HAPROXY-NBPROC"],
  scope: "haproxy",
  severity: "error",
  summary: "The release of haproxy that runs knows every keyword in the file.",
  reason: `haproxy does not start with a keyword that it has given up, such as nbproc in 2.5, or that came later than the release that runs; ${manual("4.1")}`,
  remedy: "remove the line, or run a release that knows the keyword",
  check: (model, { node }) => {
    const release = containerOf(node, { program: "haproxy", file: model.file })?.release;
    return model.sections.flatMap(placedWords).flatMap((word) => judge(word, release));
  },
};

function judge({ place, value, position }: PlacedWord, release: number | undefined): readonly Hit[] {
  const shown = place === "option" || place === "timeout" ? `${place} ${value}` : value;
  const gone = removedSince(place, value);
  if (gone !== undefined) {
    if (release !== undefined && release < gone.release) return [];
    const message = `haproxy refuses ${shown} since ${gone.release.toFixed(1)}`;
    return [{ position, path: shown, message, remedy: gone.instead }];
  }
  const since = knownSince(place, value);
  if (since === undefined || release === undefined || since <= followingLongTerm(release)) return [];
  const message = `haproxy ${release.toFixed(1)} of the image does not know ${shown}, which came with ${since.toFixed(1)}`;
  return [{ position, path: shown, message }];
}

// The table counts by long-term releases, which have an even number: what came with 2.5 stands at 2.6.
function followingLongTerm(release: number): number {
  const tenths = Math.round(release * 10);
  return (tenths + (tenths % 2)) / 10;
}
