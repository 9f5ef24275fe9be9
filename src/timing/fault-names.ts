/** Every fault that is documented, predicted and rehearsed, in the order of the tables. */
export const faultNames = [
  "balancer-killed",
  "balancer-restarted",
  "keepalived-stopped",
  "keepalived-killed",
  "keepalived-restarted",
  "holder-frozen-briefly",
  "holder-frozen",
  "api-server-killed",
  "api-server-hung",
  "api-server-drained",
  "ready-failing",
  "etcd-election-failing",
  "etcd-election-silent",
  "holder-cut",
  "holder-cut-silently",
  "other-node-cut",
  "peers-cut-one-way",
  "peers-cut",
  "holder-power-loss",
  "holder-reboot",
  "all-power-loss",
  "all-start",
  "foreign-router",
  "idle-stream",
  "busy-machine",
] as const;

/** The name of a fault, as `--faults` takes it. */
export type FaultName = (typeof faultNames)[number];

/** Those that last minutes: only who names them gets them. */
export const slowFaultNames = ["idle-stream", "busy-machine"] as const satisfies readonly FaultName[];

/** The name of a fault that lasts minutes. */
export type SlowFaultName = (typeof slowFaultNames)[number];

/** Whether a fault lasts minutes. */
export function isSlow(name: FaultName): name is SlowFaultName {
  return slowFaultNames.some((slow) => slow === name);
}
