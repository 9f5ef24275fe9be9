import { setTimeout as sleep } from "node:timers/promises";

import { controlPlaneNodes } from "../../src/config/spec.ts";
import { machineSeconds } from "../../src/probe/clock.ts";
import { run } from "../../src/rehearse/lab/space.ts";
import type { Cluster } from "../cluster-lab/cluster.ts";
import type { ClusterNode } from "../cluster-lab/node.ts";

/** Waits until a cluster is as it should be for some seconds, and names who has the virtual IP. */
export async function awaitSteady(cluster: Cluster): Promise<ClusterNode> {
  const end = machineSeconds() + limitSeconds;
  let good = 0;
  let wrong = "";
  while (machineSeconds() < end) {
    wrong = await problem(cluster);
    good = wrong === "" ? good + 1 : 0;
    const [holder] = await cluster.holders();
    if (good >= 3 && holder !== undefined) return cluster.node(holder);
    await sleep(2000);
  }
  throw new Error(
    `after ${limitSeconds} s ${wrong}\n${cluster.nodes.map((node) => node.log().slice(-2000)).join("\n")}`,
  );
}

// Five minutes of back-off, and the start of an API server.
const limitSeconds = 400;

async function problem(cluster: Cluster): Promise<string> {
  const holders = await cluster.holders();
  if (holders.length !== 1) return `${holders.join(" and ") || "nobody"} had the virtual IP`;
  for (const { name, addresses } of controlPlaneNodes(cluster.setup.spec)) {
    const host = addresses[0]?.text ?? "";
    const url = `https://${host.includes(":") ? `[${host}]` : host}:${cluster.setup.spec.apiServerPort}/readyz`;
    const { stdout } = await run(cluster.client, ["curl", "-sk", "--max-time", "3", url]);
    if (stdout !== "ok") return `the API server of ${name} was not ready`;
  }
  const ready = 'jsonpath={range .items[*]}{.metadata.name}={.status.containerStatuses[*].ready}{"\\n"}{end}';
  const { stdout, status } = await cluster.kubectl(["-n", "kube-system", "get", "pods", "-o", ready]);
  if (status !== 0) return "the endpoint did not answer";
  const names = cluster.nodes.map(({ name }) => name);
  const waiting = stdout
    .split("\n")
    .filter((line) => names.some((name) => line.includes(`-${name}=`)) && !line.endsWith("=true"));
  return waiting.length === 0 ? "" : `${waiting.join(", ")} was not ready`;
}
