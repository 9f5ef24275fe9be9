import path from "node:path";

import type { Cluster } from "../../../scripts/cluster-lab/cluster.ts";
import { nodePrograms, oracles } from "../../../scripts/cluster-lab/programs.ts";
import { mustRun, run, start, write } from "../../../src/rehearse/lab/space.ts";
import { eventually } from "../../../src/rehearse/lab/wait.ts";
import { type ClusterCase, kubeadmAPIVersion } from "./case.ts";

// The lab's client, which is no node; its address is the last one that is free.
const address = "192.168.10.254";

/** An etcd that the user runs, named in the user's own kubeadm document. */
export function withExternalEtcd({ config }: ClusterCase): ClusterCase {
  const document = `
---
apiVersion: ${kubeadmAPIVersion}
kind: ClusterConfiguration
etcd:
  external:
    endpoints: [https://${address}:2379]
    caFile: ${folder}/ca.crt
    certFile: ${folder}/client.crt
    keyFile: ${folder}/client.key
`;
  return { name: "external etcd", config: config + document, before: startEtcd };
}

const folder = "/etc/etcd";

async function startEtcd({ client, nodes, setup }: Cluster): Promise<void> {
  const files = await certificates(client);
  for (const { space } of nodes)
    for (const [name, text] of Object.entries(files)) write(space, { path: `${folder}/${name}`, text, mode: 0o600 });
  const url = `https://${address}:2379`;
  const own = ["--cert-file", "client.crt", "--key-file", "client.key", "--trusted-ca-file", "ca.crt"];
  const etcd = path.join(oracles, nodePrograms(setup.spec.kubernetesVersion.text)["etcd"] ?? "etcd");
  const command = [etcd, "--data-dir", "/run/etcd-data", "--client-cert-auth", ...own];
  start(client, ["env", "-C", "/run/etcd", ...command, "--listen-client-urls", url, "--advertise-client-urls", url]);
  await eventually("etcd listens", 60, async () => {
    const { status } = await run(client, ["nc", "-z", address, "2379"]);
    return status === 0 || undefined;
  });
}

async function certificates(client: Cluster["client"]): Promise<Readonly<Record<string, string>>> {
  const key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30";
  const script = `mkdir -p /run/etcd && cd /run/etcd
openssl req -x509 ${key} -keyout ca.key -out ca.crt -subj /CN=etcd-ca
printf 'subjectAltName=IP:${address}\\nextendedKeyUsage=serverAuth,clientAuth\\n' >ext
openssl req ${key.replace(" -days 30", "")} -keyout client.key -out client.csr -subj /CN=etcd
openssl x509 -req -in client.csr -CA ca.crt -CAkey ca.key -set_serial 2 -days 30 -extfile ext -out client.crt`;
  await mustRun(client, ["sh", "-ec", script]);
  const names = ["ca.crt", "client.crt", "client.key"];
  const texts = await Promise.all(names.map((name) => mustRun(client, ["cat", `/run/etcd/${name}`])));
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? ""]));
}
