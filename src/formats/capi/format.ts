import type { Format } from "../format.ts";
import type { ContractVersion } from "./versions.ts";

/** Cluster API's contract of 2021, which many templates still have. */
export const capiV1beta1Format = format("v1beta1");

/** Cluster API's contract since its release 1.11. */
export const capiV1beta2Format = format("v1beta2");

function format(version: ContractVersion) {
  return {
    name: `capi-${version}`,
    summary: `the part of a KubeadmControlPlane (Cluster API ${version}) that brings kube-vip; --kind for an object, --into for a file`,
    compresses: true,
    pool: true,
    produce: async (_, input) => {
      const into = input.options?.clusterApi?.into;
      return into === undefined
        ? (await import("./produce.ts")).produceObjects(input, version)
        : (await import("./into.ts")).putInto(into, input, version);
    },
  } as const satisfies Format;
}
