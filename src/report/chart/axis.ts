import { axisStart, secondsX } from "./geometry.ts";

/** The lines of the seconds between two heights, with their figures above and below. */
export function axisLines(top: number, bottom: number): string {
  return ticks
    .map((seconds) => {
      const x = secondsX(seconds);
      const text = seconds === axisStart ? `≤ ${seconds} s` : `${seconds} s`;
      return [
        `<line class="grid" x1="${x}" x2="${x}" y1="${top}" y2="${bottom}"/>`,
        `<text class="tick" x="${x}" y="${top - 6}">${text}</text>`,
        `<text class="tick" x="${x}" y="${bottom + 18}">${text}</text>`,
      ].join("\n");
    })
    .join("\n");
}

const ticks: readonly number[] = [axisStart, 0.1, 0.3, 1, 3, 10, 30];
