/** kubeadm's checks that cannot pass on namespaces of one machine, and why. */
const ignoredChecks: readonly { readonly check: string; readonly reason: string }[] = [];

/** The command with them left out; any other command as it is. */
export function withIgnoredChecks(command: string): string {
  const checks = ignoredChecks.map(({ check }) => check).join(",");
  return checks !== "" && /^kubeadm (init|join) --config /.test(command)
    ? `${command} --ignore-preflight-errors=${checks}`
    : command;
}
