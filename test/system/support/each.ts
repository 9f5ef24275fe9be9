/** The results for all items in their order, two at a time: the machine has two processors at least. */
export async function twoAtATime<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  const entries = [...items.entries()];
  const worker = async (): Promise<void> => {
    for (let next = entries.shift(); next !== undefined; next = entries.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all([worker(), worker()]);
  return results;
}

/** Items that differ in what `key` says of them, the first of each kind: most files are the same for every version. */
export function distinct<T>(items: readonly T[], key: (item: T) => unknown): readonly T[] {
  return [...new Map(items.toReversed().map((item) => [JSON.stringify(key(item)), item])).values()].toReversed();
}
