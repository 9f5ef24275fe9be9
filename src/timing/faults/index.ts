import type { Fault } from "../fault.ts";
import type { FaultName } from "../fault-names.ts";
import { allStart } from "./all-start.ts";
import { apiServerDrained, apiServerHung, apiServerKilled } from "./api-server.ts";
import { balancerKilled, balancerRestarted } from "./balancer.ts";
import { busyMachine } from "./busy-machine.ts";
import { foreignRouter } from "./foreign-router.ts";
import { holderFrozen, holderFrozenBriefly } from "./frozen-holder.ts";
import { etcdElectionFailing, etcdElectionSilent, readyFailing } from "./health-endpoints.ts";
import { idleStream } from "./idle-stream.ts";
import { keepalivedKilled, keepalivedRestarted, keepalivedStopped } from "./keepalived.ts";
import { holderCut, holderCutSilently, otherNodeCut, peersCut, peersCutOneWay } from "./network.ts";
import { allPowerLoss, holderPowerLoss, holderReboot } from "./power.ts";

/** Every fault there is. */
export const faults: Readonly<Record<FaultName, Fault>> = {
  "balancer-killed": balancerKilled,
  "balancer-restarted": balancerRestarted,
  "keepalived-stopped": keepalivedStopped,
  "keepalived-killed": keepalivedKilled,
  "keepalived-restarted": keepalivedRestarted,
  "holder-frozen-briefly": holderFrozenBriefly,
  "holder-frozen": holderFrozen,
  "api-server-killed": apiServerKilled,
  "api-server-hung": apiServerHung,
  "api-server-drained": apiServerDrained,
  "ready-failing": readyFailing,
  "etcd-election-failing": etcdElectionFailing,
  "etcd-election-silent": etcdElectionSilent,
  "holder-cut": holderCut,
  "holder-cut-silently": holderCutSilently,
  "other-node-cut": otherNodeCut,
  "peers-cut-one-way": peersCutOneWay,
  "peers-cut": peersCut,
  "holder-power-loss": holderPowerLoss,
  "holder-reboot": holderReboot,
  "all-power-loss": allPowerLoss,
  "all-start": allStart,
  "foreign-router": foreignRouter,
  "idle-stream": idleStream,
  "busy-machine": busyMachine,
};
