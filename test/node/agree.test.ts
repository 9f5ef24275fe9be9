import { describe, expect, test } from "vitest";

import { type Cluster, examples } from "./support/clusters.ts";
import { joinCommand } from "./support/join.ts";
import { expectedModes, modesOf, put } from "./support/machine.ts";
import { shellNames, trial } from "./support/trial.ts";

// `prepare` and the node script leave the same bytes and say the same, whatever they find.

const joinFile = "/run/kubeadm-ha/join";
const kubeadm = "/etc/kubeadm-ha/kubeadm.yaml";

function putJoinFile(cluster: Cluster, path = joinFile): (root: string) => void {
  return put(path, joinCommand(cluster), 0o600);
}

describe.concurrent.each(examples.map((cluster) => [cluster.name, cluster] as const))("%s", (_, cluster) => {
  const { founder, other } = cluster.nodes;

  test("the founder, and once more", async () => {
    const machine = trial(cluster, founder);
    const first = await machine.agree(["--init"]);
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining(`\nNext, on ${founder}:\n  kubeadm init `) });
    expect(modesOf(first.tree)).toEqual(expectedModes(first.tree));
    const second = await machine.swapped().agree(["--init"], { piped: true });
    expect(second.out).toBe(first.out.replaceAll("] Writing ", "] unchanged "));
    expect({ code: second.code, tree: second.tree, touched: second.touched }).toEqual({
      code: 0,
      tree: first.tree,
      touched: [],
    });
  });

  test("another control-plane node, before and after it has secrets", async () => {
    const machine = trial(cluster, other);
    const bare = await machine.agree(["--join"], { piped: true });
    expect(bare).toMatchObject({ code: 0, out: expect.stringContaining("has no join secrets yet") });
    expect(bare.tree[kubeadm]).toBeUndefined();
    machine.each(putJoinFile(cluster));
    const joined = await machine.swapped().agree();
    expect(joined).toMatchObject({ code: 0, out: expect.stringContaining("kubeadm join --config") });
    expect(joined.out).toContain(`[kubeadm-config] Removing "${joinFile}"\n`);
    expect(joined.tree[joinFile]).toBeUndefined();
    expect(modesOf(joined.tree)).toEqual(expectedModes(joined.tree));
    const again = await machine.swapped().agree();
    expect(again.out).toBe(
      joined.out
        .replaceAll("] Writing ", "] unchanged ")
        .replace(`unchanged "${kubeadm}"`, `keeping "${kubeadm}"`)
        .replace(`[kubeadm-config] Removing "${joinFile}"\n`, ""),
    );
    expect({ tree: again.tree, touched: again.touched }).toEqual({ tree: joined.tree, touched: [] });
  });

  test("a join file elsewhere, and on standard input", async () => {
    const [machine, piped] = [trial(cluster, other), trial(cluster, other)];
    machine.each(putJoinFile(cluster, "/root/secrets"));
    const named = await machine.agree(["--join-command-file", "ROOT/root/secrets"]);
    expect(named).toMatchObject({ code: 0, out: expect.stringContaining('Removing "ROOT/root/secrets"\n') });
    expect(named.tree["/root/secrets"]).toBeUndefined();
    const read = await piped.agree(["--join-command-file=-"], { stdin: joinCommand(cluster) });
    expect(read).toMatchObject({ code: 0, out: named.out.replace(/^.*Removing.*\n/m, "") });
    expect(read.tree[kubeadm]).toBe(named.tree[kubeadm]);
  });

  test("the founder of before joins another time", async () => {
    const machine = trial(cluster, founder);
    await machine.agree(["--init"]);
    machine.each(putJoinFile(cluster));
    const rebuilt = await machine.swapped().agree();
    expect(rebuilt).toMatchObject({ code: 0, out: expect.stringContaining("joins the cluster: there is a join file") });
    expect(rebuilt.tree["/etc/kubeadm-ha/join-command.sh"]).toBeUndefined();
  });
});

const withWorkers = examples.flatMap(({ nodes, ...cluster }) =>
  nodes.worker === undefined ? [] : [[cluster.name, nodes.worker, { ...cluster, nodes }] as const],
);

test.each(withWorkers)("%s: the worker %s", async (_, worker, cluster) => {
  const machine = trial(cluster, worker, shellNames);
  const bare = await machine.agree([], { piped: true });
  expect(bare).toMatchObject({ code: 0, out: expect.stringContaining("has no join secrets yet") });
  machine.each(putJoinFile(cluster));
  const joined = await machine.swapped().agree();
  expect(joined).toMatchObject({ code: 0, out: expect.stringContaining("joins the cluster: it is a worker") });
  const proxies = cluster.name.startsWith("worker-proxy");
  expect(Object.keys(joined.tree).filter((path) => /manifests\/./.test(path))).toEqual(
    proxies ? ["/etc/kubernetes/manifests/kubeadm-ha-proxy.yaml"] : [],
  );
  expect(modesOf(joined.tree)).toEqual(expectedModes(joined.tree));
});
