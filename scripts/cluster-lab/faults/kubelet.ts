import { mustShell } from "../node.ts";
import type { ClusterFault } from "./fault.ts";

export const kubeletStopped: ClusterFault = {
  name: "kubelet-stopped",
  title: "holder's kubelet stopped for 30 s",
  seconds: 30,
  inject: async ({ holder }) => {
    await mustShell(holder, "systemctl stop kubelet");
  },
  repair: async ({ holder }) => {
    await mustShell(holder, "systemctl start kubelet");
  },
};
