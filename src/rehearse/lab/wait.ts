import { setTimeout as sleep } from "node:timers/promises";

/** Asks until the answer is not undefined; after the limit that is an error. */
export async function eventually<T>(
  what: string,
  limitSeconds: number,
  ask: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const end = performance.now() + limitSeconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(`not within ${limitSeconds} s: ${what}`);
    await sleep(50);
  }
}
