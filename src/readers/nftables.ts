import type { PortRedirect } from "../model/redirect.ts";
import type { Reading, ReadSource } from "./reading.ts";

/** What rules of nftables lead from one TCP port to another; about all others nobody here asks. */
export function readNftables({ file, text }: ReadSource): Reading<readonly PortRedirect[]> {
  const model = text.split("\n").flatMap((line, index): readonly PortRedirect[] => {
    // What is longer is no rule that a person reads.
    const match = line.length > 1000 ? null : redirecting.exec(line);
    if (match === null) return [];
    const position = { file, line: index + 1, column: match.index + 1 };
    return [{ from: Number(match[1]), to: Number(match[2]), position }];
  });
  return { model, problems: [] };
}

const redirecting = /(?<!#.*)\btcp dport (\d{1,5}) [^#]*?\b(?:redirect|dnat)\b[^#]*? to [^\s#]*:(\d{1,5})\b/;
