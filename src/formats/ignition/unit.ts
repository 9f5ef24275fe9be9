import type { PlannedNode } from "../../plan/plan.ts";
import { savedConfigurationPath } from "../../plan/make-plan.ts";
import type { SystemdUnit } from "./config.ts";

/**
 * Where the script stays: with the node's other files. Images of Flatcar and Fedora CoreOS have no other place in
 * common that can be written to and survives an update.
 */
export const scriptPath = "/etc/kubeadm-ha/prepare-node.sh";

/**
 * Runs the script until the node is in the cluster, and from then on never again: first at the first boot, and at the
 * next if that was cut short. What somebody reset shall not come back either.
 */
export function prepareUnit({ name, files }: PlannedNode): SystemdUnit {
  const kept = files.some(({ path }) => path === savedConfigurationPath)
    ? [`ConditionPathExists=${savedConfigurationPath}`]
    : [];
  const lines = [
    "[Unit]",
    `Description=Prepares ${name} for kubeadm`,
    "ConditionPathExists=!/etc/kubernetes/kubelet.conf",
    ...kept,
    // The founder asks the endpoint whether there is a cluster, and the interface is found by its address.
    "Wants=network-online.target",
    "After=network-online.target",
    "Before=kubelet.service",
    "",
    "[Service]",
    "Type=oneshot",
    "RemainAfterExit=yes",
    // Programs that the image does not bring are there, since /usr cannot be written to; the script knows the others.
    "Environment=PATH=/opt/bin",
    `ExecStart=/bin/sh ${scriptPath}`,
    "",
    "[Install]",
    "WantedBy=multi-user.target",
  ];
  return { name: unitName, contents: `${lines.join("\n")}\n` };
}

const unitName = "kubeadm-ha-prepare.service";
