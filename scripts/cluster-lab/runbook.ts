/** A line of a runbook that somebody types. */
export interface RunbookStep {
  /** "laptop" or a node's name. */
  readonly machine: string;
  readonly command: string;
}

/**
 * What the runbook tells to type from the first node's preparation to the end, in its order, but for the images:
 * there is no registry to pull from, the nodes have them.
 */
export function runbookSteps(runbook: string): readonly RunbookStep[] {
  return runbook.split("\n").flatMap((line) => {
    const [, machine, command] = /^- `([\w.-]+)[$#] (.+)`$/.exec(line) ?? [];
    const pulls = command?.startsWith("kubeadm config images pull") === true;
    return machine === undefined || command === undefined || pulls ? [] : [{ machine, command }];
  });
}
