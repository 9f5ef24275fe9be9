/** A stream of numbers that a seed determines, so that a failure can be repeated. */
export interface Random {
  /** From 0 to `limit` − 1. */
  below(limit: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** True once in `n` times. */
  oneIn(n: number): boolean;
}

/** mulberry32: https://github.com/cprosche/mulberry32 */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error("nothing to pick from");
      return item;
    },
    oneIn: (n) => below(n) === 0,
  };
}
