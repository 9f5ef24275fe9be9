export type PathStep = string | number;

/** `virtualIP.addresses[0]` */
export function pathText(path: readonly PathStep[]): string {
  return path.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : text === "" ? step : `${text}.${step}`),
    "",
  );
}

/** The steps of a text such as `virtualIP.addresses[0]`. */
export function pathSteps(text: string): readonly PathStep[] {
  return text
    .split(/[.[\]]+/)
    .filter((step) => step !== "")
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

/** Whether a value is a map. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path, or undefined. */
export function readPath(root: unknown, path: readonly PathStep[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (isRecord(value) || Array.isArray(value) ? (value as Record<PathStep, unknown>)[step] : undefined),
    root,
  );
}

/** Puts a value at a path; maps on the way are copied or made. */
export function writePath(root: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [first, ...rest] = path;
  if (first === undefined) return;
  if (rest.length === 0) {
    root[first] = value;
    return;
  }
  const existing = root[first];
  const next: Record<string, unknown> = isRecord(existing) ? { ...existing } : {};
  root[first] = next;
  writePath(next, rest, value);
}

/** Whether one path leads through the other. */
export function sameSubtree(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || a.startsWith(`${b}[`) || b.startsWith(`${a}.`) || b.startsWith(`${a}[`);
}
