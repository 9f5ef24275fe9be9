import { lateLimit } from "../../rehearse/measurement.ts";
import { faults } from "../../timing/faults/index.ts";
import { type Cell, type PhaseName, phasesOf } from "../cells.ts";
import { secondsText } from "../numbers.ts";
import { maximum, median } from "../statistics.ts";

/** What the figures of a cell alone do not tell, one sentence each. */
export function remarksOf(cell: Cell): readonly string[] {
  const { title, figure } = faults[cell.fault];
  const sentences = [
    ...(figure === "first-success" ? [firstAnswer(cell, "injected")] : []),
    ...(cell.fault === "idle-stream" ? [idleStream(cell)] : []),
    // Nobody answers while every node is off: what counts is how they come back.
    ...(cell.fault === "all-power-loss" ? [firstAnswer(cell, "repaired")] : unsettled(cell, "injected")),
    ...unsettled(cell, "repaired"),
    ...lateSamples(cell),
  ];
  return sentences.map((sentence) => `${title}: ${sentence}.`);
}

function firstAnswer(cell: Cell, phase: PhaseName): string {
  const figures = phasesOf(cell, phase);
  const answered = figures.flatMap(({ firstSuccess }) => (firstSuccess === undefined ? [] : [firstSuccess]));
  const since = phase === "injected" ? "" : " of the repair";
  if (answered.length === 0) return `no request was answered${since === "" ? "" : " after the repair"}`;
  const times = `first answer after ${secondsText(median(answered))} s${since}`;
  const most = answered.length === 1 ? "" : `, at most ${secondsText(maximum(answered))} s`;
  const never = figures.length - answered.length;
  return `${times}${most}${never === 0 ? "" : `, and none in ${runs(never, figures.length)}`}`;
}

function idleStream(cell: Cell): string {
  const figures = phasesOf(cell, "injected");
  const cut = figures.filter(({ streamsCut }) => streamsCut > 0).length;
  const waited = duration(maximum(figures.map(({ seconds }) => seconds)));
  return cut === 0 ? `no stream was cut in ${waited}` : `a stream was cut in ${runs(cut, figures.length)} of ${waited}`;
}

function unsettled(cell: Cell, phase: PhaseName): readonly string[] {
  const figures = phasesOf(cell, phase);
  const open = figures.filter(({ settled }) => !settled);
  if (open.length === 0) return [];
  const waited = duration(maximum(open.map(({ seconds }) => seconds)));
  const when = phase === "injected" ? "after the fault" : "after the repair";
  return [`not quiet again ${waited} ${when} in ${runs(open.length, figures.length)}`];
}

function lateSamples({ measurements }: Cell): readonly string[] {
  const repeated = measurements.filter(({ again }) => again).length;
  const late = maximum(measurements.flatMap(({ injected, repaired }) => [injected.late, repaired?.late ?? 0]));
  return [
    ...(repeated === 0
      ? []
      : [`the client was late, so ${repeated === 1 ? "a run was" : `${repeated} runs were`} repeated`]),
    ...(late <= lateLimit ? [] : [`the client was late by up to ${secondsText(late)} s all the same`]),
  ];
}

function duration(seconds: number): string {
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

function runs(some: number, all: number): string {
  if (all === 1) return "the only run";
  return some === all ? `all ${all} runs` : `${some} of ${all} runs`;
}
