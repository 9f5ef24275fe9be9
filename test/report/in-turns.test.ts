import { expect, test } from "vitest";

import { inTurns } from "../../scripts/failover/in-turns.ts";

test("works through a list in order, so many at once, and says whether all were done", async () => {
  const log: string[] = [];
  let running = 0;
  const run = async (item: number): Promise<boolean> => {
    running += 1;
    log.push(`${item} beside ${running - 1}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    running -= 1;
    return item !== 3;
  };
  expect(await inTurns([1, 2, 3, 4], 2, run)).toBe(false);
  expect(log).toEqual(["1 beside 0", "2 beside 1", "3 beside 1", "4 beside 1"]);
  expect(await inTurns([1, 2], 1, run)).toBe(true);
});
