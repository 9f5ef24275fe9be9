import type { Problem, Rule } from "../../config/rule.ts";
import { controlPlaneNodes, type ClusterSpec } from "../../config/spec.ts";
import type { Path } from "../../yaml/read.ts";
import { bringsOwnDiscovery } from "../join-configuration.ts";
import { itemsOf, placeOf, problemAt } from "./at.ts";
import { complaints } from "./complaints.ts";

/** Tokens, hashes and keys have the form that kubeadm checks; their values are never printed. */
export const credentials: Rule = {
  id: "kubeadm-credentials",
  summary: "tokens, CA hashes and certificate keys are well formed, and a joining node can check whom it joins",
  reason:
    "kubeadm refuses malformed ones; without a CA hash a node joins whoever answers (https://kubernetes.io/docs/reference/setup-tools/kubeadm/kubeadm-join/#token-based-discovery-with-ca-pinning)",
  check: (spec) => [...complaints(spec, "secret"), ...missing(spec)],
};

// A document without discovery of its own is completed.
function missing(spec: ClusterSpec): readonly Problem[] {
  const token = placeOf(spec, "JoinConfiguration", ["discovery", "bootstrapToken"]);
  const document = placeOf(spec, "JoinConfiguration", [])?.document;
  if (document === undefined || !bringsOwnDiscovery(document)) return [];
  const given = (path: Path): unknown => placeOf(spec, "JoinConfiguration", path)?.value;
  const problems: Problem[] = [];
  if (
    token !== undefined &&
    given(["discovery", "file"]) === undefined &&
    given([...token.path, "unsafeSkipCAVerification"]) !== true &&
    itemsOf(spec, "JoinConfiguration", [...token.path, "caCertHashes"]).length === 0
  ) {
    problems.push(
      problemAt(token, {
        severity: "error",
        message: "has a token but no caCertHashes",
        remedy: "add caCertHashes, or unsafeSkipCAVerification: true if you accept that anyone may answer",
      }),
    );
  }
  if (controlPlaneNodes(spec).length > 1 && given(["controlPlane", "certificateKey"]) === undefined) {
    const message = "has its own discovery but no controlPlane.certificateKey";
    problems.push(
      problemAt(
        { document, path: [] },
        {
          severity: "warning",
          message,
          remedy:
            "add the key of kubeadm init --upload-certs, or copy /etc/kubernetes/pki to every control-plane node before it joins",
        },
      ),
    );
  }
  return problems;
}
