import type { ClusterSpec } from "../../config/spec.ts";
import type { Command, RunbookNotes } from "../component.ts";
import { objectsPath } from "../planned-file.ts";
import { holderCheck } from "../vip-checks.ts";
import { elects, leaseName } from "./environment/election.ts";
import { type Job, jobsOf } from "./job.ts";

/** What a person who runs the cluster must know of kube-vip. */
export function kubeVipRunbook(spec: ClusterSpec): RunbookNotes {
  const jobs = jobsOf(spec);
  const controlPlane = jobs.find((job) => job.controlPlane);
  return {
    checks: controlPlane === undefined ? [] : checks(spec, controlPlane),
    limits: [...(controlPlane === undefined ? [] : limits(spec)), ...serviceLimits(spec)],
    toApply: jobs
      .filter(({ as }) => as === "daemon-set")
      .map((job) => ({
        path: objectsPath(spec, "kube-vip"),
        reason: job.controlPlane
          ? "the DaemonSet that brings the virtual IP up"
          : "the DaemonSet that serves LoadBalancer services",
        first: job.controlPlane,
      })),
  };
}

function checks(spec: ClusterSpec, job: Job): readonly Command[] {
  const { kubeVip, virtualIP, kubeconfigPath } = spec;
  return [
    ...(kubeVip.mode === "arp" ? virtualIP.addresses.map(holderCheck) : []),
    ...(kubeVip.election === "lease" && elects({ spec, job }) && job.controlPlane && kubeVip.mode === "arp"
      ? [
          {
            command: `kubectl --kubeconfig ${kubeconfigPath} -n kube-system get lease ${leaseName} -o jsonpath='{.spec.holderIdentity}{"\\n"}'`,
            reason: "the node that holds the VIP",
          },
        ]
      : []),
    ...(kubeVip.mode === "routing-table"
      ? [
          {
            command: `ip route show table ${kubeVip.routingTable.table}`,
            reason: "the route to the VIP, on every node whose API server answers",
          },
        ]
      : []),
    {
      command: "crictl logs --tail 20 \"$(crictl ps -q --name '^kube-vip$')\"",
      reason: kubeVip.mode === "arp" ? "why it has or lost the lease" : "whether its sessions and checks succeed",
    },
  ];
}

function limits(spec: ClusterSpec): readonly string[] {
  const { kubeVip, loadBalancer } = spec;
  if (kubeVip.mode === "bgp")
    return [
      `A node that dies keeps its share of the connections until the router misses it: ${kubeVip.bgp.holdTimeSeconds} s, with BFD about 1 s.`,
      kubeVip.bgp.healthCheck
        ? "A node whose API server fails keeps its route for three checks: 6 to 9 s, or 9 to 12 s when it hangs."
        : "Nobody asks an API server for /livez: a dead one keeps its route and its share of the connections.",
    ];
  if (kubeVip.mode === "routing-table")
    return ["Routes are in a table of the kernel only: a routing daemon on each node has to announce them."];
  const { leaseDurationSeconds, renewDeadlineSeconds, retryPeriodSeconds } = kubeVip;
  // Others see the last renewal at their next try, count the lease from there, and then try again.
  const quickest = leaseDurationSeconds - retryPeriodSeconds;
  const slowest = Math.ceil(leaseDurationSeconds + 4.4 * retryPeriodSeconds);
  return [
    `A holder that dies without notice is missed for ${quickest} to ${slowest} s: the next one waits for the lease to end.`,
    `Nobody asks the holder's API server for /livez: one that hangs or is not ready keeps the VIP as long as the lease is renewed, and at least ${renewDeadlineSeconds} s.`,
    "When etcd has lost its majority no lease can be renewed, and then no node has the VIP.",
    ...(loadBalancer.provider === "none"
      ? kubeVip.ipvs === undefined
        ? ["All clients use the holder's API server; the others stand by."]
        : ["Until a network for pods runs no node is ready, and clients use the holder's API server alone."]
      : [
          "The VIP follows the lease, not haproxy: a dead haproxy on the holder is an outage until the kubelet has restarted it.",
        ]),
  ];
}

function serviceLimits({ serviceLoadBalancer: services, kubeVip: { mode } }: ClusterSpec): readonly string[] {
  if (services === undefined) return [];
  return [
    ...(services.electionPerService || mode !== "arp"
      ? []
      : ["The addresses of all services are on one node at a time."]),
    ...(services.onlyServicePorts
      ? []
      : [
          "Ports that no service has lead to the node that holds the service's address, ssh among them: a firewall, or serviceLoadBalancer.onlyServicePorts.",
        ]),
  ];
}
