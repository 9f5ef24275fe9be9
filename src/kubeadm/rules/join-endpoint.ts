import type { Rule } from "../../config/rule.ts";
import { isEndpointProblem, parseEndpoint } from "../../net/endpoint.ts";
import { endpointProblemSaying, portMissing } from "../endpoint-form.ts";
import { endpointText } from "../endpoint-text.ts";
import { placeOf, problemAt } from "./at.ts";

/** A node joins through the endpoint unless its document says otherwise. */
export const joinEndpoint: Rule = {
  id: "kubeadm-join-endpoint",
  summary: "discovery.bootstrapToken.apiServerEndpoint is the cluster's endpoint",
  reason:
    "the node asks there for cluster-info, so another address may be another cluster's, or one node's that is down (https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/#kubeadm-k8s-io-v1beta4-BootstrapTokenDiscovery)",
  check(spec) {
    const place = placeOf(spec, "JoinConfiguration", ["discovery", "bootstrapToken", "apiServerEndpoint"]);
    if (typeof place?.value !== "string" || place.value === "") return [];
    const text = place.value;
    const ours = endpointText(spec);
    const theirs = parseEndpoint(text);
    if (isEndpointProblem(theirs))
      return [problemAt(place, { severity: "error", ...endpointProblemSaying(text, theirs) })];
    if (theirs.port === undefined)
      return [problemAt(place, { severity: "error", message: portMissing(text), remedy: `write ${ours}` })];
    if (theirs.host === spec.endpoint.host && theirs.port === spec.endpoint.port) return [];
    return [
      problemAt(place, {
        severity: "warning",
        message: `is ${text} here, and controlPlaneEndpoint comes to ${ours}`,
        remedy: "remove it: the endpoint is written; keep it only if nodes reach the cluster another way to join",
      }),
    ];
  },
};
