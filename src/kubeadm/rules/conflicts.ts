import type { Problem, Rule } from "../../config/rule.ts";
import { parseKubernetesVersion } from "../../config/kubernetes-version.ts";
import type { ClusterSpec } from "../../config/spec.ts";
import { isEndpointProblem, parseEndpoint } from "../../net/endpoint.ts";
import { endpointProblemSaying } from "../endpoint-form.ts";
import { endpointText } from "../endpoint-text.ts";
import { kubeadmPatches, patchesDirectory } from "../patches.ts";
import { argumentConflicts } from "./argument-conflicts.ts";
import { placeOf, placeText, problemAt } from "./at.ts";
import { nodeConflicts } from "./node-conflicts.ts";

/** One thing, two values: which one is meant, only the user knows. */
export const conflicts: Rule = {
  id: "conflicting-values",
  summary: "kubeadm's documents and the HAConfiguration agree wherever both say something",
  reason: "choosing silently would build another cluster than one of the two places describes",
  check: (spec) => [
    ...versionConflict(spec),
    ...endpointConflict(spec),
    ...portConflicts(spec),
    ...patchConflicts(spec),
    ...argumentConflicts(spec),
    ...nodeConflicts(spec),
  ],
};

function versionConflict(spec: ClusterSpec): readonly Problem[] {
  const place = placeOf(spec, "ClusterConfiguration", ["kubernetesVersion"]);
  if (place === undefined || spec.fromFlags.includes("kubernetesVersion")) return [];
  const ours = spec.kubernetesVersion.text;
  if (parseKubernetesVersion(String(place.value))?.text === ours) return [];
  return [
    problemAt(place, {
      severity: "error",
      message: `is ${String(place.value)} here, and kubernetesVersion of the HAConfiguration is ${ours}`,
      remedy: "keep one of the two",
    }),
  ];
}

function patchConflicts(spec: ClusterSpec): readonly Problem[] {
  if (kubeadmPatches(spec) === undefined) return [];
  return ["InitConfiguration", "JoinConfiguration"].flatMap((kind) => {
    const place = placeOf(spec, kind, ["patches", "directory"]);
    return place === undefined || place.value === patchesDirectory
      ? []
      : [
          problemAt(place, {
            severity: "error",
            message: `is ${String(place.value)} here, and --patches has patches for kubeadm, which are kept in ${patchesDirectory}`,
            remedy: "remove patches.directory here, or leave kubeadm's patches out of the directory of --patches",
          }),
        ];
  });
}

function endpointConflict(spec: ClusterSpec): readonly Problem[] {
  const place = placeOf(spec, "ClusterConfiguration", ["controlPlaneEndpoint"]);
  if (place === undefined || place.value === "") return [];
  const text = String(place.value);
  const theirs = parseEndpoint(text);
  if (isEndpointProblem(theirs))
    return [problemAt(place, { severity: "error", ...endpointProblemSaying(text, theirs) })];
  const same = theirs.host === spec.endpoint.host && (theirs.port === undefined || theirs.port === spec.endpoint.port);
  if (same || spec.fromFlags.includes("controlPlaneEndpoint")) return [];
  const message = `is ${text} here, and controlPlaneEndpoint of the HAConfiguration (its port: loadBalancer.port) comes to ${endpointText(spec)}`;
  return [problemAt(place, { severity: "error", message, remedy: "keep one of the two, or make them equal" })];
}

function portConflicts(spec: ClusterSpec): readonly Problem[] {
  if (spec.fromFlags.includes("apiServerPort")) return [];
  const init = placeOf(spec, "InitConfiguration", ["localAPIEndpoint", "bindPort"]);
  const join = placeOf(spec, "JoinConfiguration", ["controlPlane", "localAPIEndpoint", "bindPort"]);
  return [init, join].flatMap((place) => {
    if (place === undefined || typeof place.value !== "number" || place.value === spec.apiServerPort) return [];
    const other = place === join && init !== undefined ? placeText(init) : "the API server of the HAConfiguration";
    const message = `is ${String(place.value)} here, and ${other} has ${spec.apiServerPort}`;
    return [
      problemAt(place, {
        severity: "error",
        message,
        remedy: "every API server must listen on the same port: remove this one, and it is repeated for you",
      }),
    ];
  });
}
