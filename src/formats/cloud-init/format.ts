import type { Format } from "../format.ts";

/** User data for cloud-init: one document a node, or one for a group of machines. */
export const cloudInitFormat: Format = {
  name: "cloud-init",
  summary: "NODE.yaml: #cloud-config for every node; with --role one for all machines of a group",
  document: "user data",
  forGroups: true,
  compresses: true,
  produce: async (plan, input) => (await import("./produce.ts")).produceUserData(plan, input),
};
