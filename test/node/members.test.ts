import { describe, expect, test } from "vitest";

import { edited, example, examples } from "./support/clusters.ts";
import { changedFiles, makeMember } from "./support/machine.ts";
import { shellNames, trial } from "./support/trial.ts";

// A machine that is in the cluster, and whose configuration changes.

const haproxy = "/etc/kubeadm-ha/haproxy/haproxy.cfg";
const keepalived = "/etc/kubeadm-ha/keepalived/keepalived.conf";
const kubeVip = "/etc/kubernetes/manifests/kube-vip.yaml";
const nginx = "/etc/kubeadm-ha/nginx/nginx.conf";
const saved = "/etc/kubeadm-ha/ha.yaml";

/** What control planes reload when a setting or the list of nodes changes. */
const reloadedBy: Readonly<Record<string, readonly string[]>> = {
  // kube-vip's settings stand in its static pod, which restarts by itself.
  "kube-vip": [],
  "kube-vip-haproxy": [haproxy],
  "keepalived ": [keepalived],
  "keepalived-nginx": [nginx, keepalived],
  // Other machines balance.
  external: [],
  "worker-proxy": [],
  "load-balancer-pair": [],
};

describe.concurrent.each(examples.map((cluster) => [cluster.name, cluster] as const))("%s", (_, cluster) => {
  const { founder, other } = cluster.nodes;
  const preset = edited(cluster, {}, "--failover", cluster.name.startsWith("five") ? "balanced" : "conservative");
  const stack =
    /^(kube-vip-haproxy|kube-vip|keepalived |keepalived-nginx|external|worker-proxy|load-balancer-pair)/.exec(
      cluster.name,
    )?.[1] ?? "keepalived-haproxy";
  const reloaded = reloadedBy[stack] ?? [haproxy, keepalived];

  test("the founder keeps its role, and another preset changes what it must", async () => {
    const machine = trial(cluster, founder);
    await machine.agree(["--init"]);
    machine.each(makeMember);
    const unchanged = await machine.swapped().agree();
    expect(unchanged).toMatchObject({
      code: 0,
      out: expect.stringContaining(`${founder} founds the cluster: as before`),
    });
    expect(unchanged.out).toContain(`\nNothing is left to do: ${founder} is in the cluster.\n`);
    expect({ changed: changedFiles(unchanged), touched: unchanged.touched }).toEqual({ changed: [], touched: [] });
    const changed = await machine.with(preset).agree();
    const expected = [...reloaded, ...(stack.startsWith("kube-vip") ? [kubeVip] : []), saved].toSorted();
    expect({ code: changed.code, changed: changedFiles(changed) }).toEqual({ code: 0, changed: expected });
    expect(reloadsIn(changed.out)).toEqual(reloaded);
  });

  test("a member that joined gets one more node", async () => {
    const machine = trial(cluster, other);
    await machine.agree(["--join"]);
    machine.each(makeMember);
    const list = cluster.files["ha.yaml"] ?? "";
    const [line = ""] = /^- \{name: cp-?[3e],.*$/m.exec(list) ?? [];
    const more = edited(cluster, {
      [line]: `${line}\n${line.replace(/cp-?[3e]/, "cp9").replaceAll(/11(?="?[\],])|13(?="?[\],])/g, "19")}`,
    });
    const grown = await machine.with(more).agree();
    const expected = stack === "kube-vip" ? [saved] : [...reloaded, saved].toSorted();
    expect({ code: grown.code, changed: changedFiles(grown) }).toEqual({ code: 0, changed: expected });
    expect(grown.out).toContain(`${other} joins the cluster: as before`);
    expect(reloadsIn(grown.out)).toEqual(reloaded);
  });
});

/** The files of which the next steps say how they take effect. */
function reloadsIn(out: string): readonly string[] {
  return [...out.matchAll(/^For the changed (\S+) to take effect:$/gm)].map(([, path = ""]) => path);
}

test("another image changes the static pod only, which restarts by itself", async () => {
  const cluster = example("keepalived-haproxy");
  const machine = trial(cluster, "cp1", shellNames);
  await machine.agree(["--init"]);
  machine.each(makeMember);
  const other = edited(cluster, { "nodes:": "images: {haproxy: registry.example.com/haproxy:3.0.1}\nnodes:" });
  const changed = await machine.with(other).agree();
  expect(changedFiles(changed)).toEqual([saved, "/etc/kubernetes/manifests/haproxy.yaml"]);
  expect(changed.out).toContain("Nothing is left to do");
});

test("a file that one Kubernetes needs goes away with the next, and comes back", async () => {
  const hosts = "/etc/kubeadm-ha/hosts";
  const cluster = edited(example("kube-vip"), {}, "--kubernetes-version", "v1.31.0");
  const next = edited(cluster, {}, "--kubernetes-version", "v1.32.0");
  const machine = trial(cluster, "cp2", shellNames);
  const before = await machine.agree(["--join"]);
  expect(before.tree[hosts]).toBeDefined();
  machine.each(makeMember);
  const upgraded = await machine.with(next).agree();
  expect(changedFiles(upgraded)).toEqual([saved, hosts, kubeVip]);
  expect(upgraded.out).toContain(`[save] Removing "${hosts}"\n`);
  expect(upgraded.tree[hosts]).toBeUndefined();
  const back = await machine.agree();
  expect(back.tree[hosts]).toBe(before.tree[hosts]);
  expect(back.tree["/etc/kubeadm-ha/state.json"]).toBe(before.tree["/etc/kubeadm-ha/state.json"]);
});
