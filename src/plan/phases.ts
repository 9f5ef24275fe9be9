import { type PhaseName, phaseNames } from "./plan.ts";

const summaries: Readonly<Record<PhaseName, string>> = {
  preflight: "refuse what cannot work on this machine",
  "kubeadm-config": "kubeadm.yaml and the scripts around it",
  host: "directories and settings of the machine",
  "load-balancer": "the load balancer's configuration and static pod",
  "virtual-ip": "the virtual IP's agent and its check",
  save: "what was written, for the next run",
  start: "start what kubelet does not start",
};

/** The phases of a node's preparation, in order, with what each is for. */
export const phases: readonly { readonly name: PhaseName; readonly summary: string }[] = phaseNames.map((name) => ({
  name,
  summary: summaries[name],
}));
