import { axisLines } from "./axis.ts";
import { columnsWidth, labelWidth, rowHeight, rowY, secondsX, topHeight } from "./geometry.ts";
import { escaped } from "./markup.ts";
import { type MarkShape, markOf } from "./marks.ts";
import { style } from "./style.ts";

/** What is shown of one configuration: its mark, and whether it is one of ours or somebody else's. */
export interface Series {
  readonly name: string;
  readonly shape: MarkShape;
  readonly side: "ours" | "others";
}

/** A fault with the seconds of each configuration. */
export interface ChartRow {
  readonly label: string;
  readonly points: readonly Point[];
}

export interface Point {
  readonly series: Series;
  readonly seconds: number;
  /** It still went on when the observation ended. */
  readonly open: boolean;
}

export interface Chart {
  readonly title: string;
  readonly series: readonly Series[];
  readonly rows: readonly ChartRow[];
  /** Where the figures come from, a line each. */
  readonly sources: readonly string[];
}

/** Seconds of faults on a logarithmic axis, as an SVG that suits light and dark pages. */
export function chartSvg({ title, series, rows, sources }: Chart): string {
  const width = columnsWidth;
  const bottom = topHeight + rows.length * rowHeight;
  const height = bottom + axisHeight + sources.length * sourceHeight;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">
<title id="title">${escaped(title)}</title>
<style>${style}</style>
<text class="title" x="0" y="18">${escaped(title)}</text>
${legend(series)}
${axisLines(topHeight, bottom)}
${rows.map(rowMarks).join("\n")}
${sources.map((line, index) => `<text class="key" x="0" y="${bottom + axisHeight + (index + 0.6) * sourceHeight}">${escaped(line)}</text>`).join("\n")}
</svg>
`;
}

const axisHeight = 34;
const sourceHeight = 18;

// Marks of both sides have a lane of their own, so that they do not hide each other.
function rowMarks({ label, points }: ChartRow, index: number): string {
  const y = rowY(index);
  const marks = points.map((point) => {
    const lane = point.series.side === "ours" ? y - 6 : y + 6;
    const name = `${point.series.name}: ${point.seconds.toFixed(2)} s${point.open ? " and longer" : ""}`;
    return mark(point, { x: secondsX(point.seconds), y: lane, name });
  });
  return [
    `<text class="label" x="${labelWidth - 14}" y="${y + 4}">${escaped(label)}</text>`,
    `<line class="row" x1="${labelWidth}" x2="${columnsWidth}" y1="${y + rowHeight / 2}" y2="${y + rowHeight / 2}"/>`,
    ...marks,
  ].join("\n");
}

function mark({ series, open }: Point, { x, y, name }: { x: number; y: number; name: string }): string {
  const arrow = open ? `<path d="M${x + 6} ${y}h8m-3 -3l3 3l-3 3" fill="none"/>` : "";
  return `<g class="${series.side}"><title>${escaped(name)}</title>${markOf(series.shape, x, y)}${arrow}</g>`;
}

function legend(series: readonly Series[]): string {
  return (["ours", "others"] as const)
    .flatMap((side, line) => {
      let x = 8;
      const y = 40 + line * 20;
      return series
        .filter((each) => each.side === side)
        .map((each) => {
          const start = x;
          x += 32 + each.name.length * 6.8;
          return `<g class="${side}">${markOf(each.shape, start, y - 4)}</g><text class="key" x="${start + 10}" y="${y}">${escaped(each.name)}</text>`;
        });
    })
    .join("\n");
}
