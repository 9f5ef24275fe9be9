import type { Measurement, PhaseFigures } from "../../src/rehearse/measurement.ts";

/** A measurement in which nothing happened, except for what is given. */
export function measured({
  injected = {},
  repaired = {},
  ...rest
}: Partial<Omit<Measurement, "injected" | "repaired">> & {
  readonly injected?: Partial<PhaseFigures>;
  readonly repaired?: Partial<PhaseFigures> | null;
}): Measurement {
  return {
    configuration: "0123456789abcdef",
    name: "ha.yaml",
    form: "host",
    fault: "balancer-killed",
    holder: "first",
    repetition: 1,
    load: 0.5,
    again: false,
    ...rest,
    injected: { ...calm, ...injected },
    repaired: repaired === null ? undefined : { ...calm, ...repaired },
  };
}

const calm: PhaseFigures = {
  blackout: 0.03,
  firstSuccess: 0.01,
  lastFailure: 0,
  requests: 250,
  failed: 0,
  keptRequests: 190,
  keptFailed: 0,
  watchGap: 0,
  streamsCut: 0,
  late: 0.002,
  twoHolders: 0,
  noHolder: 0,
  moves: 0,
  settled: true,
  seconds: 5,
};
