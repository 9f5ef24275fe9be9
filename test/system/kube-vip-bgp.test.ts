import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { APIServer } from "./lab/control-plane.ts";
import { release } from "./lab/control-plane.ts";
import {
  externalEtcd,
  outsideAddresses,
  type RealCluster,
  startRealCluster,
  untilAllReady,
} from "./lab/real-cluster.ts";
import { networksOf, processesIn } from "./lab/leftovers.ts";
import { type Router, startRouter } from "./lab/router.ts";
import { run } from "./lab/space.ts";
import { eventually } from "./lab/wait.ts";
import { now, type Seen, type Watch, watch } from "./lab/watch.ts";
import { requireSystem } from "./support/programs.ts";
import { render } from "./support/render.ts";

const virtualIPs = { 4: "192.168.99.100", 6: "fd00:99::100" } as const;
const nodes = [
  { name: "cp1", 4: "192.168.10.11", 6: "fd00:10::11" },
  { name: "cp2", 4: "192.168.10.12", 6: "fd00:10::12" },
] as const;
const as = { nodes: 65_000, router: 65_001 };

const text = `apiVersion: kubeadm-ha.io/v1alpha1
kind: HAConfiguration
kubernetesVersion: ${release}
virtualIP: {provider: kube-vip, addresses: [${virtualIPs[4]}, "${virtualIPs[6]}"], interface: eth0}
kubeVip:
  mode: bgp
  bgp:
    localAS: ${as.nodes}
    peers:
    - {address: ${outsideAddresses[4]}, as: ${as.router}}
    - {address: "${outsideAddresses[6]}", as: ${as.router}}
nodes:
${nodes.map((node) => `- {name: ${node.name}, addresses: [${node[4]}, "${node[6]}"]}\n`).join("")}${externalEtcd}`;

// Real kube-vip with the rendered manifests, kube-apiserver and etcd; FRR is the router.
describe("BGP: two nodes, a router, both families", () => {
  let cluster: RealCluster | undefined;
  let router: Router;
  let routes: Watch;
  let alive: readonly Watch[] = [];
  let servers: readonly APIServer[] = [];

  beforeAll(async () => {
    requireSystem();
    cluster = await startRealCluster(render({ name: "bgp", text, kubeadm: () => undefined }, release));
    const { outside } = cluster;
    const neighbours = nodes.flatMap((node) =>
      [4, 6].map((family) => ({ address: node[family as 4 | 6], as: as.nodes })),
    );
    router = await startRouter(outside, { address: outsideAddresses[4], as: as.router, neighbours });
    routes = watch(outside, `ip route show ${virtualIPs[4]}; ip -6 route show ${virtualIPs[6]}`);
    // As after a boot, when the kubelet starts all static pods together.
    for (const node of cluster.nodes) await cluster.startKubeVip(node);
    alive = cluster.nodes.map(({ space }) => watch(space, ask("https://127.0.0.1:6443")));
    await eventually("every session is established", 60, async () =>
      (await router.established()).length === neighbours.length ? true : undefined,
    ).catch(withLog);
  });
  afterAll(async () => {
    const spaces = [cluster?.outside, ...(cluster?.nodes ?? []).map(({ space }) => space)];
    const networks = networksOf(spaces.flatMap((space) => space?.pid ?? []));
    await cluster?.stop();
    // A waiting process that stops together with a frozen API server would stay, and hold everything.
    await eventually("no process is left", 20, () => processesIn(networks).length === 0 || undefined);
  });

  function withLog(error: unknown): never {
    throw new Error(`${String(error)}\n${router.log().slice(-4000)}`);
  }

  it("announces nothing before an API server lives, and a path of each node within 5 s of it", async () => {
    expect(
      routes
        .samples()
        .map(({ answer }) => answer)
        .filter((answer) => answer !== ""),
    ).toEqual([]);
    const since = now();
    servers = (cluster as RealCluster).startAPIServers();
    for (const [index, node] of nodes.entries()) {
      const lives = await untilAlive(index, since);
      const seen = await untilPaths([node.name], lives.asked);
      report(`${node.name}: paths after /livez is 200`, seen.answered - lives.asked, seen);
      expect(seen.answered - lives.asked).toBeLessThanOrEqual(5 + seen.late);
    }
    await untilPaths(["cp1", "cp2"], since);
    await untilAllReady(servers);
  });

  it("leads the router to the API by either family", async () => {
    const { outside } = cluster as RealCluster;
    for (const host of [virtualIPs[4], `[${virtualIPs[6]}]`]) {
      const { stdout } = await run(outside, ["sh", "-c", ask(`https://${host}:6443`)]);
      expect([host, stdout]).toEqual([host, "200"]);
    }
  });

  it("takes the paths of a node back within 20 s when its API server hangs, and brings them again", async () => {
    const [first] = servers;
    const frozen = now();
    await first?.freeze(true);
    const gone = await routes.until("the paths of cp1 are gone", {
      since: frozen,
      limitSeconds: 60,
      fits: (answer) => paths(answer, "cp1") === 0 && paths(answer, "cp2") === 2,
    });
    report("paths withdrawn after SIGSTOP", gone.answered - frozen, gone);
    expect(gone.answered - frozen).toBeLessThanOrEqual(20 + gone.late);
    const { stdout } = await run((cluster as RealCluster).outside, ["sh", "-c", ask(`https://${virtualIPs[4]}:6443`)]);
    expect(stdout).toBe("200");
    const thawed = now();
    await first?.freeze(false);
    const lives = await untilAlive(0, thawed);
    const back = await untilPaths(["cp1", "cp2"], lives.asked);
    report("paths back after /livez is 200", back.answered - lives.asked, back);
    expect(back.answered - lives.asked).toBeLessThanOrEqual(5 + back.late);
  });

  async function untilAlive(index: number, since: number): Promise<Seen> {
    const asked = alive[index];
    if (asked === undefined) throw new Error(`no node ${index}`);
    return asked.until(`API server ${index} lives`, { since, limitSeconds: 120, fits: (answer) => answer === "200" });
  }

  function untilPaths(names: readonly string[], since: number): Promise<Seen> {
    return routes
      .until(`paths of ${names.join(" and ")}`, {
        since,
        limitSeconds: 60,
        fits: (answer) => names.every((name) => paths(answer, name) === 2),
      })
      .catch(withLog);
  }
});

/** How many families have a path through a node. */
function paths(answer: string, name: string): number {
  const node = nodes.find((candidate) => candidate.name === name);
  return [node?.[4], node?.[6]].filter((address) => answer.includes(`via ${address} `)).length;
}

function ask(url: string): string {
  return `curl --silent --insecure --globoff --output /dev/null --write-out '%{http_code}' --max-time 5 ${url}/livez`;
}

function report(what: string, seconds: number, { late }: Seen): void {
  process.stderr.write(`${what}: ${seconds.toFixed(1)} s, this machine at most ${late.toFixed(1)} s late\n`);
}
