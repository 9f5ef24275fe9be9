import { isRecord } from "../../config/paths.ts";
import { newestMinor } from "../../config/kubernetes-behaviour.ts";
import type { Rule } from "../../config/rule.ts";
import { gateIsValid, gateMinors, validGates } from "../feature-gates.ts";
import { placeOf, problemAt } from "./at.ts";

/** A gate that a kubeadm does not know stops it. */
export const featureGates: Rule = {
  id: "kubeadm-feature-gates",
  summary: "every feature gate is one that the kubeadm of this release knows",
  reason:
    'kubeadm stops with "X is not a valid feature name."; gates go when their feature is settled (https://github.com/kubernetes-sigs/kind/issues/4230)',
  check(spec) {
    const place = placeOf(spec, "ClusterConfiguration", ["featureGates"]);
    const { minor, text } = spec.kubernetesVersion;
    if (place === undefined || !isRecord(place.value)) return [];
    return Object.keys(place.value).flatMap((gate) => {
      const valid = gateIsValid(gate, minor);
      if (valid === true) return [];
      const known = valid === undefined ? "" : `; ${gateMinors(gate)} know it`;
      // Of a release newer than our table a gate may be new.
      const severity = valid === undefined && minor > newestMinor ? "warning" : "error";
      const remedy =
        valid === undefined ? `remove it; kubeadm ${text} knows ${validGates(minor).join(", ")}` : "remove it";
      return [
        problemAt(
          { ...place, path: [...place.path, gate] },
          { severity, message: `kubeadm ${text} does not know the gate ${gate}${known}`, remedy },
        ),
      ];
    });
  },
};
