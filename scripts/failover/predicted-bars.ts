import { type Comparison, comparisonText, predictedFigures } from "./predicted.ts";

/** What of the promises about `predict` the measurements do not keep: a line each. */
export function brokenPredictions(all: readonly Comparison[]): readonly string[] {
  return predictedFigures.flatMap((figure) => {
    const own = all.filter((each) => each.figure === figure);
    const outside = own.filter(({ inside }) => !inside);
    const far = own.filter(({ near }) => !near);
    return [
      ...outside
        .filter(({ configuration }) => configuration.preset !== undefined)
        .map((each) => `${figure} of a preset of ours is outside: ${comparisonText(each)}`),
      ...tooMany(outside, { of: own, share: 0.05, what: `${figure} outside` }),
      ...tooMany(far, { of: own, share: 0.2, what: `${figure} far from typical` }),
    ];
  });
}

interface Limit {
  readonly of: readonly Comparison[];
  readonly share: number;
  readonly what: string;
}

function tooMany(missed: readonly Comparison[], { of, share, what }: Limit): readonly string[] {
  if (missed.length <= of.length * share) return [];
  return [
    `${what}: ${missed.length} of ${of.length}, more than ${share * 100} %`,
    ...missed.map((each) => `  ${comparisonText(each)}`),
  ];
}
