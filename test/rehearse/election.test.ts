import { expect, test } from "vitest";

import { electionFigures } from "../../src/rehearse/election.ts";
import type { OwnershipChange } from "../../src/rehearse/lab/lab.ts";

const window = { from: 10, to: 20 };

const change = (at: number, node: string, holds: boolean): OwnershipChange => ({ at, node, holds });
const before = change(1, "cp1", true);

test("a holder that stays", () => {
  expect(electionFigures([before], window)).toEqual({ twoHolders: 0, noHolder: 0, moves: 0 });
});

test("nobody ever held it", () => {
  expect(electionFigures([], window)).toEqual({ twoHolders: 0, noHolder: 10, moves: 0 });
});

test("it is lost and taken over", () => {
  expect(electionFigures([before, change(12, "cp1", false), change(12.5, "cp2", true)], window)).toEqual({
    twoHolders: 0,
    noHolder: 0.5,
    moves: 1,
  });
});

test("two had it until the first one gave it up", () => {
  expect(electionFigures([before, change(12, "cp2", true), change(14, "cp1", false)], window)).toEqual({
    twoHolders: 2,
    noHolder: 0,
    moves: 1,
  });
});

test("there and back are two moves, also while the first one never let go", () => {
  expect(electionFigures([before, change(12, "cp2", true), change(12.5, "cp2", false)], window)).toEqual({
    twoHolders: 0.5,
    noHolder: 0,
    moves: 2,
  });
});

test("lost and got back by the same node is no move", () => {
  expect(electionFigures([before, change(12, "cp1", false), change(13, "cp1", true)], window)).toEqual({
    twoHolders: 0,
    noHolder: 1,
    moves: 0,
  });
});

test("all three had it", () => {
  const changes = [before, change(11, "cp2", true), change(12, "cp3", true), change(13, "cp2", false)];
  expect(electionFigures(changes, window)).toEqual({ twoHolders: 9, noHolder: 0, moves: 2 });
});

test("the first holder of all is no move", () => {
  expect(electionFigures([change(11, "cp1", true)], window)).toEqual({ twoHolders: 0, noHolder: 1, moves: 0 });
});

test("what happened before and after the window does not count", () => {
  const changes = [
    before,
    change(8, "cp2", true),
    change(11, "cp1", false),
    change(21, "cp2", false),
    change(22, "cp1", true),
  ];
  expect(electionFigures(changes, window)).toEqual({ twoHolders: 1, noHolder: 0, moves: 0 });
});

test("the same word twice changes nothing, and the order of arrival does not matter", () => {
  const changes = [change(12, "cp2", true), before, change(11, "cp1", true), change(12, "cp1", false)];
  expect(electionFigures(changes, window)).toEqual({ twoHolders: 0, noHolder: 0, moves: 1 });
});
