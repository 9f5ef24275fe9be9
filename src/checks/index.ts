import { appArmor } from "./app-armor.ts";
import { cgroupVersion } from "./cgroup-version.ts";
import type { NodeCheck } from "./check.ts";
import { cloudNetwork } from "./cloud-network.ts";
import { containerdVersion } from "./containerd-version.ts";
import { etcdDirectoryAvailable } from "./etcd-directory-available.ts";
import { endpoint } from "./endpoint.ts";
import { foreignAgent } from "./foreign-agent.ts";
import { hostVersion } from "./host-version.ts";
import { kubeadmVersion } from "./kubeadm-version.ts";
import { kubeletVersion } from "./kubelet-version.ts";
import { manifestAvailable } from "./manifest-available.ts";
import { networkInterface } from "./network-interface.ts";
import { nodeAddress } from "./node-address.ts";
import { port } from "./port.ts";
import { privilegedUser } from "./privileged-user.ts";
import { selinux } from "./selinux.ts";
import { program } from "./program.ts";
import { service } from "./service.ts";
import { virtualIPPresent } from "./virtual-ip-present.ts";

/** What is asked of a machine before files are written to it, in the order of the report. */
export const nodeChecks: readonly NodeCheck[] = [
  privilegedUser,
  nodeAddress,
  networkInterface,
  cloudNetwork,
  port,
  manifestAvailable,
  etcdDirectoryAvailable,
  virtualIPPresent,
  foreignAgent,
  endpoint,
  service,
  program,
  hostVersion,
  cgroupVersion,
  kubeadmVersion,
  kubeletVersion,
  containerdVersion,
  selinux,
  appArmor,
];
