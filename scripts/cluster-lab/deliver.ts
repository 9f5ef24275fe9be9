import type { RunbookStep } from "./runbook.ts";

/** How the files come to a node. */
export type Delivery = "script" | "prepare" | "cloud-init";

export const deliveries: readonly Delivery[] = ["script", "prepare", "cloud-init"];

/** A step of the runbook as this delivery takes it; what brings no files stays as it is. */
export function delivered(step: RunbookStep, delivery: Delivery): readonly RunbookStep[] {
  const [, flags, node] =
    /^kubeadm-ha render --config ha\.yaml (.*)--node (\S+) --format script \| ssh root@\S+ sh$/.exec(step.command) ??
    [];
  if (delivery === "script" || flags === undefined || node === undefined) return [step];
  if (delivery === "cloud-init") {
    const render = `kubeadm-ha render --config ha.yaml ${flags}--node ${node} --format cloud-init`;
    return [{ machine: "laptop", command: `${render} | ssh root@${node} boot-cloud-init` }];
  }
  return [
    { machine: "laptop", command: `ssh root@${node} 'umask 077; cat > /root/ha.yaml' < ha.yaml` },
    { machine: node, command: `kubeadm-ha prepare --config /root/ha.yaml ${flags.trimEnd()}` },
  ];
}
