/** Seconds for tables: 0.05, 38.1, 1800; "0" is nothing at all, Infinity is no end. */
export function secondsText(seconds: number): string {
  if (seconds === Infinity) return "∞";
  if (seconds === 0) return "0";
  // What is not nothing must not look so.
  if (seconds < 0.01) return "0.01";
  return seconds.toFixed(seconds < 99.995 ? 2 : seconds < 999.95 ? 1 : 0);
}

/** A count for tables; the median of an even number of counts may be a half. */
export function countText(count: number): string {
  return Number.isInteger(count) ? String(count) : count.toFixed(1);
}
