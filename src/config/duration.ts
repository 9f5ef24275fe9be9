const unitMilliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Reads a duration in Go's form (`300ms`, `1m30s`, `4h`) as whole milliseconds; undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  const total = parts.reduce((sum, [, number, unit]) => sum + Number(number) * (unitMilliseconds[unit ?? ""] ?? 0), 0);
  return Number.isInteger(total) && total > 0 && total <= 2_147_483_647 ? total : undefined;
}

/** Milliseconds as the shortest single-unit Go duration: 300 is `300ms`, 60000 is `1m`. */
export function formatDuration(milliseconds: number): string {
  const unit = ["h", "m", "s", "ms"].find((name) => milliseconds % (unitMilliseconds[name] ?? 1) === 0) ?? "ms";
  return `${milliseconds / (unitMilliseconds[unit] ?? 1)}${unit}`;
}
