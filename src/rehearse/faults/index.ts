import type { FaultName } from "../../timing/fault-names.ts";
import { allStart } from "./all-start.ts";
import { apiServerDrained, apiServerHung, apiServerKilled } from "./api-server.ts";
import { balancerKilled, balancerRestarted } from "./balancer.ts";
import { busyMachine } from "./busy-machine.ts";
import { holderCut, holderCutSilently, otherNodeCut } from "./cables.ts";
import type { RehearsedFault } from "./fault.ts";
import { foreignRouter } from "./foreign-router.ts";
import { holderFrozen, holderFrozenBriefly } from "./frozen-holder.ts";
import { etcdElectionFailing, etcdElectionSilent, readyFailing } from "./health.ts";
import { idleStream } from "./idle-stream.ts";
import { keepalivedKilled, keepalivedRestarted, keepalivedStopped } from "./keepalived.ts";
import { peersCut, peersCutOneWay } from "./peers.ts";
import { allPowerLoss, holderPowerLoss, holderReboot } from "./power.ts";

/** What each fault does to a lab. */
export const rehearsedFaults: Readonly<Record<FaultName, RehearsedFault>> = {
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
