/**
 * Reads a time of nginx in milliseconds: numbers with units one after the other, the largest first,
 * seconds where there is no unit. https://nginx.org/en/docs/syntax.html
 */
export function parseNginxTime(text: string): number | undefined {
  const [, ...parts] =
    /^(?:(\d{1,9})y)? ?(?:(\d{1,9})M)? ?(?:(\d{1,9})w)? ?(?:(\d{1,9})d)? ?(?:(\d{1,9})h)? ?(?:(\d{1,9})m(?!s))? ?(?:(\d{1,9})s?(?!\w))? ?(?:(\d{1,9})ms)?$/.exec(
      text,
    ) ?? [];
  if (text === "" || parts.length === 0) return undefined;
  return parts.reduce((sum, number, index) => sum + Number(number ?? 0) * (unitMilliseconds[index] ?? 0), 0);
}

const day = 86_400_000;
const unitMilliseconds = [365 * day, 30 * day, 7 * day, day, 3_600_000, 60_000, 1000, 1];
