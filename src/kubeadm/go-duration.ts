const unitSeconds: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** Seconds of a duration as Go's time.ParseDuration reads it, negative ones too; undefined when it is none. */
export function goSeconds(text: string): number | undefined {
  const match = /^([+-]?)((?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+|0)$/.exec(text);
  if (match === null) return undefined;
  const [, sign, body = ""] = match;
  const parts = [...body.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/g)];
  const total = parts.reduce((sum, [, number, unit]) => sum + Number(number) * (unitSeconds[unit ?? ""] ?? 0), 0);
  return sign === "-" ? -total : total;
}
