/** Whether a text is a bootstrap token; https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/#token-format */
export function isBootstrapToken(text: string): boolean {
  return /^[a-z0-9]{6}\.[a-z0-9]{16}$/.test(text);
}

/** Whether a text is the hash of a CA's public key as kubeadm prints it. */
export function isCaCertHash(text: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}

/** Whether a text is a key of 32 bytes in hexadecimal, which is what `kubeadm certs certificate-key` makes. */
export function isCertificateKey(text: string): boolean {
  return /^[0-9a-f]{64}$/i.test(text);
}
