import { rmSync } from "node:fs";
import path from "node:path";

import { controlPlaneNodes } from "../../src/config/spec.ts";
import { type Cluster, startCluster } from "../cluster-lab/cluster.ts";
import { foundCluster } from "../cluster-lab/found.ts";
import { clientsDuring, type Noticed } from "../cluster-lab/measure.ts";
import { type ClusterNode, mustShell } from "../cluster-lab/node.ts";
import { nodePrograms } from "../cluster-lab/programs.ts";
import { requireMachine } from "../cluster-lab/requirements.ts";
import { ownDirectory } from "../cluster-lab/stale.ts";
import { supervisorFolder } from "../cluster-lab/systemctl.ts";
import { upgradedFrom, upgradedTo, type UpgradedCluster } from "./configurations.ts";
import { keepUpgradeSteps, readUpgradeSteps } from "./samples.ts";
import { awaitSteady } from "./steady.ts";

/** A step of an upgrade, and what clients noticed of it. */
export interface UpgradeStep {
  /** What is typed, without the node's own names. */
  readonly step: string;
  readonly node: string;
  /** Whether the node had the virtual IP. */
  readonly holder: boolean;
  readonly seconds: number;
  readonly noticed: Omit<Noticed, "failures">;
  /** Our files that it changed. */
  readonly changed: readonly string[];
}

/** Upgrades a cluster by one minor release node by node, once and for all; true at the end. */
export async function measureUpgrade({ id, config }: UpgradedCluster, say: (line: string) => void): Promise<boolean> {
  if (readUpgradeSteps(id).length > 0) return true;
  for (const version of [upgradedFrom, upgradedTo]) requireMachine(version);
  const directory = ownDirectory();
  const name = path.basename(directory);
  const options = { name, directory, config, kubernetesVersion: upgradedFrom, upgrades: [upgradedTo], say };
  const cluster = await startCluster(options);
  try {
    await foundCluster(cluster, say);
    const steps: UpgradeStep[] = [];
    for (const [index, { name: nodeName }] of controlPlaneNodes(cluster.setup.spec).entries())
      for (const [step, command] of commands(index === 0)) {
        const done = await upgradeStep(cluster, { step, command, node: cluster.node(nodeName) });
        say(`${id}: ${nodeName}: ${step}: ${done.noticed.blackout.toFixed(2)} s without an answer`);
        steps.push(done);
      }
    keepUpgradeSteps(id, steps);
    return true;
  } finally {
    await cluster.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

// Installing a package is a link here. What is ignored cannot pass without a network for pods, or with control
// groups of version 1.
function commands(first: boolean): readonly (readonly [step: string, command: string])[] {
  const upgrade = first ? `apply ${upgradedTo} --yes` : "node";
  const ignored = `--ignore-preflight-errors=${ignoredChecks}`;
  return [
    [`kubeadm upgrade ${first ? "apply" : "node"}`, `${installed("kubeadm")} && kubeadm upgrade ${upgrade} ${ignored}`],
    ["another kubelet", `${installed("kubelet")} && systemctl restart kubelet`],
    ["kubeadm-ha prepare", `kubeadm-ha prepare --kubernetes-version ${upgradedTo}`],
  ];
}

const ignoredChecks = "CoreDNSUnsupportedPlugins,CoreDNSMigration,CreateJob,ControlPlaneNodesReady,SystemVerification";

function installed(program: string): string {
  const file = nodePrograms(upgradedTo)[program] ?? program;
  return `ln -sf ${supervisorFolder}/programs/${file} /usr/local/bin/${program}`;
}

interface WantedStep {
  readonly step: string;
  readonly command: string;
  readonly node: ClusterNode;
}

async function upgradeStep(cluster: Cluster, { step, command, node }: WantedStep): Promise<UpgradeStep> {
  const holder = await awaitSteady(cluster);
  const before = await ourFiles(node);
  let seconds = 0;
  const { failures: _, ...noticed } = await clientsDuring(
    cluster,
    async () => {
      const started = performance.now();
      await mustShell(node, command);
      seconds = (performance.now() - started) / 1000;
    },
    { quietSeconds: 15 },
  );
  const after = await ourFiles(node);
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (file) => before.get(file) !== after.get(file),
  );
  return { step, node: node.name, holder: holder.name === node.name, seconds, noticed, changed: changed.toSorted() };
}

/** What kubeadm-ha wrote on a node, with what it is. */
async function ourFiles(node: ClusterNode): Promise<ReadonlyMap<string, string>> {
  const find = "find /etc/kubeadm-ha /etc/systemd/system /etc/kubernetes/manifests -type f";
  const printed = await mustShell(node, `${find} -exec sha256sum {} +`);
  const released = /\/(?:etcd|kube-(?:apiserver|controller-manager|scheduler))\.yaml$/;
  const pairs = printed
    .trim()
    .split("\n")
    .map((line) => line.split(/ +/))
    .flatMap(([sum = "", file = ""]) => (released.test(file) ? [] : [[file, sum] as const]));
  return new Map(pairs);
}
