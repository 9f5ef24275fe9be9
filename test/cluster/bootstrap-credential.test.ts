import { rmSync } from "node:fs";
import path from "node:path";

import { expect, it } from "vitest";

import { startCluster } from "../../scripts/cluster-lab/cluster.ts";
import { ownDirectory } from "../../scripts/cluster-lab/stale.ts";
import { foundCluster } from "../../scripts/cluster-lab/found.ts";

// kubeadm init of 1.34 before the fix waits for the endpoint before admin.conf has its rights, and kube-vip
// needs those rights to bring the endpoint up: https://github.com/kubernetes/kubernetes/pull/138449

it("kubeadm 1.34.4 does not get through init when kube-vip has admin.conf", async () => {
  await expect(founded("v1.34.4", "admin")).rejects.toThrow(/kubeadm init [^]*context deadline exceeded/);
});

it("kubeadm 1.34.4 gets through init by default", async () => {
  expect(await founded("v1.34.4", "auto")).toContainEqual(expect.stringMatching(/^kubeadm init /));
});

it("kubeadm 1.34.10 gets through init with admin.conf too", async () => {
  expect(await founded("v1.34.10", "admin")).toContainEqual(expect.stringMatching(/^kubeadm init /));
});

/** The commands by which a cluster of one node came up. */
async function founded(kubernetesVersion: string, bootstrapCredential: string): Promise<readonly string[]> {
  const directory = ownDirectory();
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const config = `apiVersion: kubeadm-ha.io/v1alpha1
kind: HAConfiguration
virtualIP: {provider: kube-vip, addresses: [192.168.10.100], interface: eth0}
kubeVip: {bootstrapCredential: ${bootstrapCredential}}
nodes:
- {name: cp1, addresses: [192.168.10.11]}
`;
  const name = path.basename(directory);
  const cluster = await startCluster({ name, directory, config, kubernetesVersion, say });
  try {
    return (await foundCluster(cluster, say)).map(({ command }) => command);
  } finally {
    await cluster.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}
