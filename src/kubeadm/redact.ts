import type { ClusterSpec } from "../config/spec.ts";
import { secretStrings } from "./secrets.ts";

/**
 * The text without secrets, for terminals and logs: those of the user's documents, and what has the
 * form of a join secret, which may come from an earlier run.
 */
export function withoutSecrets(text: string, spec: ClusterSpec): string {
  return (
    secretStrings(spec)
      .reduce((redacted, secret) => redacted.replaceAll(secret, "REDACTED"), text)
      .replaceAll(
        /^(\s*(?:- )?(?:certificateKey|token|tlsBootstrapToken):\s*)(?!KUBEADM_HA_FACT_|"KUBEADM_HA_FACT_).*$/gm,
        "$1REDACTED",
      )
      .replaceAll(/\b[a-z0-9]{6}\.[a-z0-9]{16}\b/g, "REDACTED")
      // A digest of an image stands after an @.
      .replaceAll(/(?<!@)\bsha256:[0-9a-f]{64}\b/g, "sha256:REDACTED")
  );
}
