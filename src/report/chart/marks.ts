/** A shape a series, so that nobody needs the colours. */
export const markShapes = ["circle", "square", "triangle", "ring", "box", "diamond", "cross", "plus"] as const;
export type MarkShape = (typeof markShapes)[number];

/** A mark of ten pixels around a point. */
export function markOf(shape: MarkShape, x: number, y: number): string {
  return marks[shape](x, y);
}

const marks: Readonly<Record<MarkShape, (x: number, y: number) => string>> = {
  circle: (x, y) => `<circle cx="${x}" cy="${y}" r="5"/>`,
  square: (x, y) => `<rect x="${x - 4.5}" y="${y - 4.5}" width="9" height="9"/>`,
  triangle: (x, y) => `<path d="M${x} ${y - 5.5}l5.5 10h-11z"/>`,
  ring: (x, y) => `<circle cx="${x}" cy="${y}" r="4" fill="none"/>`,
  box: (x, y) => `<rect x="${x - 4}" y="${y - 4}" width="8" height="8" fill="none"/>`,
  diamond: (x, y) => `<path d="M${x} ${y - 5}l5 5l-5 5l-5 -5z" fill="none"/>`,
  cross: (x, y) => `<path d="M${x - 4} ${y - 4}l8 8m0 -8l-8 8"/>`,
  plus: (x, y) => `<path d="M${x - 5} ${y}h10m-5 -5v10"/>`,
};
