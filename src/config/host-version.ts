/** Whether a version such as 2.2.7 or 1:2.6.12-1 comes before another; undefined when it is none. */
export function isBelow(version: string, since: string): boolean | undefined {
  const own = numbers(version);
  if (own === undefined) return undefined;
  const other = numbers(since) ?? [];
  const index = other.findIndex((number, place) => (own[place] ?? 0) !== number);
  return index >= 0 && (own[index] ?? 0) < (other[index] ?? 0);
}

// An epoch before it and what a distribution adds behind it say nothing of keywords.
function numbers(text: string): readonly number[] | undefined {
  const match = /^(?:\d+:)?v?(\d{1,4}(?:\.\d{1,4}){1,3})(?![\d.])/.exec(text);
  return match?.[1]?.split(".").map(Number);
}
