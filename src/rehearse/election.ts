import type { OwnershipChange } from "./lab/lab.ts";
import type { ElectionFigures } from "./measurement.ts";

/**
 * What became of the virtual IP between two machine seconds. A node that takes it while another one
 * still has it counts as its new place, and when it gives it up again that is a second move; a node
 * that loses it and gets it back before anybody else does has not moved it.
 */
export function electionFigures(
  changes: readonly OwnershipChange[],
  { from, to }: { readonly from: number; readonly to: number },
): ElectionFigures {
  const figures = { twoHolders: 0, noHolder: 0, moves: 0 };
  let state: State = { holders: [], place: undefined };
  let since = from;
  const pass = (until: number): void => {
    const seconds = Math.max(0, until - since);
    if (state.holders.length > 1) figures.twoHolders += seconds;
    if (state.holders.length === 0) figures.noHolder += seconds;
    since = Math.max(since, until);
  };
  for (const change of changes.toSorted((a, b) => a.at - b.at)) {
    if (change.at > to) break;
    pass(change.at);
    const next = after(state, change);
    if (change.at >= from && state.place !== undefined && next.place !== state.place) figures.moves++;
    state = next;
  }
  pass(to);
  return figures;
}

interface State {
  /** Whoever came last stands last. */
  readonly holders: readonly string[];
  /** Where the virtual IP is, or was last. */
  readonly place: string | undefined;
}

function after({ holders, place }: State, { node, holds }: OwnershipChange): State {
  const rest = holders.filter((name) => name !== node);
  if (!holds) return { holders: rest, place: rest.at(-1) ?? place };
  return { holders: holders.includes(node) ? holders : [...rest, node], place: holders.includes(node) ? place : node };
}
