import type { Problem, Rule } from "../../config/rule.ts";
import { controlPlaneNodes, type ClusterSpec } from "../../config/spec.ts";
import type { Path } from "../../yaml/read.ts";
import { bringsOwnDiscovery } from "../join-configuration.ts";
import { isBootstrapToken, isCaCertHash, isCertificateKey } from "../secret-formats.ts";
import { itemsOf, type Place, placeOf, problemAt } from "./at.ts";

/** Tokens, hashes and keys have the form that kubeadm checks; their values are never printed. */
export const credentials: Rule = {
  id: "kubeadm-credentials",
  summary: "tokens, CA hashes and certificate keys are well formed, and a joining node can check whom it joins",
  reason:
    "kubeadm refuses malformed ones; without a CA hash a node joins whoever answers (https://kubernetes.io/docs/reference/setup-tools/kubeadm/kubeadm-join/#token-based-discovery-with-ca-pinning)",
  check: (spec) => [...tokens(spec), ...keys(spec), ...hashes(spec), ...missing(spec)],
};

function tokens(spec: ClusterSpec): readonly Problem[] {
  const places = [
    ...itemsOf(spec, "InitConfiguration", ["bootstrapTokens"]).map((item) =>
      placeOf(spec, "InitConfiguration", [...item.path, "token"]),
    ),
    placeOf(spec, "JoinConfiguration", ["discovery", "bootstrapToken", "token"]),
    placeOf(spec, "JoinConfiguration", ["discovery", "tlsBootstrapToken"]),
  ];
  return malformed(places, isBootstrapToken, {
    severity: "error",
    message: "is not of the form abcdef.0123456789abcdef",
    remedy: "write 6 and 16 lower-case letters or digits with a dot between, as kubeadm token generate prints them",
  });
}

function keys(spec: ClusterSpec): readonly Problem[] {
  const places = [
    placeOf(spec, "InitConfiguration", ["certificateKey"]),
    placeOf(spec, "JoinConfiguration", ["controlPlane", "certificateKey"]),
  ];
  return malformed(places, isCertificateKey, {
    severity: "error",
    message: "is not 64 hexadecimal digits",
    remedy: "write what kubeadm certs certificate-key prints; quote it",
  });
}

function hashes(spec: ClusterSpec): readonly Problem[] {
  return malformed(itemsOf(spec, "JoinConfiguration", ["discovery", "bootstrapToken", "caCertHashes"]), isCaCertHash, {
    severity: "error",
    message: "is not sha256: and 64 hexadecimal digits",
    remedy: "write the hash that kubeadm token create --print-join-command prints",
  });
}

function malformed(
  places: readonly (Place | undefined)[],
  test: (text: string) => boolean,
  saying: Parameters<typeof problemAt>[1],
): readonly Problem[] {
  return places.flatMap((place) =>
    place === undefined || place.value === "" || test(String(place.value)) ? [] : [problemAt(place, saying)],
  );
}

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
