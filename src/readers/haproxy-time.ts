/**
 * Reads a time of haproxy in milliseconds: a number with one unit, milliseconds where there is none.
 * https://docs.haproxy.org/3.0/configuration.html#2.5
 */
export function parseHaproxyTime(text: string): number | undefined {
  const [, number, unit = "ms"] = /^(\d{1,15})(us|ms|s|m|h|d)?$/.exec(text) ?? [];
  const factor = unitMilliseconds[unit];
  if (number === undefined || factor === undefined) return undefined;
  const milliseconds = Math.ceil(Number(number) * factor);
  // haproxy refuses what overflows its 32 bits.
  return milliseconds <= 2_147_483_647 ? milliseconds : undefined;
}

const unitMilliseconds: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
