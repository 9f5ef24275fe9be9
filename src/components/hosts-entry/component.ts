import type { ClusterSpec, NodeSpec } from "../../config/spec.ts";
import type { PlannedFile } from "../../plan/plan.ts";
import { comment } from "../../render/text.ts";
import type { Component } from "../component.ts";
import { plannedFile } from "../planned-file.ts";
import { serviceFile, serviceName, type ServiceUnit } from "../service-unit.ts";
import { hostsScript, hostsScriptPath } from "./script.ts";

/**
 * The endpoint's name in /etc/hosts of every node of the cluster. A service, since the file is the
 * distribution's: what we add goes when the service is stopped, and comes back where a boot writes the file anew.
 */
export const hostsEntry: Component = {
  name: "kubeadm-ha-hosts",
  summary: "puts the endpoint's name into /etc/hosts",
  place: "cluster",
  appliesTo: (spec) => spec.hosts,
  files,
  images: () => [],
  ports: () => [],
  kernel: [],
  programs: [],
  packages: [],
  kubeadm: () => ({ certSANs: [] }),
  runbook: (spec) => ({
    checks: [
      {
        command: `getent hosts ${spec.endpoint.host}`,
        reason: "the virtual IP; a line of your own in /etc/hosts that stands before ours wins",
      },
    ],
    limits: [`Only the nodes know ${spec.endpoint.host} by ${serviceName("hosts")}: everybody else needs DNS.`],
  }),
};

function files(spec: ClusterSpec, node: NodeSpec): readonly PlannedFile[] {
  return [
    plannedFile(node, { path: hostsScriptPath, mode: 0o755, phase: "host" }, hostsScript(spec)),
    serviceFile(node, "host", service(spec)),
  ];
}

function service({ endpoint }: ClusterSpec): ServiceUnit {
  return {
    name: "hosts",
    description: `${endpoint.host} in /etc/hosts (kubeadm-ha)`,
    whyAfter: "cloud-init may write the file anew at a boot.",
    after: ["cloud-init.service"],
    oneshot: true,
    service: [
      "Type=oneshot",
      "RemainAfterExit=yes",
      `ExecStart=/bin/sh ${hostsScriptPath} add`,
      `ExecStop=/bin/sh ${hostsScriptPath} remove`,
      ...comment("The file is replaced by a rename, so that nobody reads half of it."),
      "ReadWritePaths=/etc",
    ],
    capabilities: ["CHOWN", "DAC_OVERRIDE", "FOWNER"],
    noNewPrivileges: false,
  };
}
