import type { Figure, Span } from "../../timing/fault.ts";
import { secondsText } from "../numbers.ts";

/** A span for tables: 0.22–0.37 (0.30); one figure where there is no choice. */
export function spanText({ best, typical, worst }: Span): string {
  const [least, middle, most] = [best, typical, worst].map(secondsText);
  if (least === most) return least ?? "";
  return `${least}–${most} (${middle})`;
}

/** What a fault's seconds of new connections are. */
export const figureNames: Readonly<Record<Figure, string>> = {
  blackout: "the longest span without an answer",
  "last-failure": "until the last request that fails",
  "first-success": "until the first answer",
};
