/** kubeadm's checks that cannot pass on namespaces of one machine, and why. */
const ignoredChecks: readonly { readonly check: string; readonly reason: string; readonly since: number }[] = [
  {
    check: "SystemVerification",
    reason: "control groups of version 1 are an error since 1.35, also where the kubelet is told to accept them",
    since: 35,
  },
];

/** The command with those left out that a minor release has; any other command as it is. */
export function withIgnoredChecks(command: string, minor: number): string {
  const checks = ignoredChecks
    .filter(({ since }) => minor >= since)
    .map(({ check }) => check)
    .join(",");
  return checks !== "" && /^kubeadm (init|join) --config /.test(command)
    ? `${command} --ignore-preflight-errors=${checks}`
    : command;
}
