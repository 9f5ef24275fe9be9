import { faults } from "../../timing/faults/index.ts";
import type { SkippedFault } from "../report.ts";
import { holderText } from "./conditions.ts";

/** A sentence about a fault that was not rehearsed. */
export function skippedText({ fault, holder, reason }: SkippedFault): string {
  const when = holder === undefined ? "" : ` (${holderText[holder]})`;
  return `${faults[fault].title}${when}: not rehearsed, because ${reason}.`;
}
