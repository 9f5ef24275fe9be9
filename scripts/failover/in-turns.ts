/** Works through a list in its order, at most so many items at once; whether all of them were done. */
export async function inTurns<T>(
  list: readonly T[],
  atOnce: number,
  run: (item: T) => Promise<boolean>,
): Promise<boolean> {
  const waiting = [...list];
  const results: boolean[] = [];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) results.push(await run(item));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results.every(Boolean);
}
