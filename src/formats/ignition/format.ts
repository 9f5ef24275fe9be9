import type { Format } from "../format.ts";

/** Configurations for Ignition, which Flatcar Container Linux and Fedora CoreOS read at their first boot. */
export const ignitionFormat = {
  name: "ignition",
  summary: "NODE.ign: an Ignition configuration for every node",
  document: "an Ignition configuration",
  compresses: true,
  produce: async (plan, input) => (await import("./produce.ts")).produceConfigurations(plan, input),
} as const satisfies Format;
