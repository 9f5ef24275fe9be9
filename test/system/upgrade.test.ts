import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";

import { type Host, inCheckout, startHost } from "./lab/host.ts";
import { mustRun, read, write } from "./lab/space.ts";
import { requireSystem } from "./support/programs.ts";
import { differences } from "./support/reset.ts";
import { contentOf } from "./support/tree.ts";

// A node of a living cluster, with the files at their real paths.

const kubeVip = "--config kube-vip.yaml";
const saved = "/etc/kubeadm-ha/ha.yaml";
const kubeadm = "/etc/kubeadm-ha/kubeadm.yaml";
const state = "/etc/kubeadm-ha/state.json";
const hosts = "/etc/kubeadm-ha/hosts";
const manifest = "/etc/kubernetes/manifests/kube-vip.yaml";

/** Both ways to prepare, from the options of a configuration and those of a run. */
const forms = [
  ["kubeadm-ha prepare", (configuration: string, run = "") => `kubeadm-ha prepare ${configuration} ${run}`],
  [
    "the node script",
    (configuration: string, run = "") =>
      `rm -rf out && kubeadm-ha render ${configuration || `--config ${saved}`} --node cp1 --format script -o out && sh out/cp1.sh ${run}`,
  ],
] as const;

let host: Host;

beforeAll(requireSystem);
beforeEach(async () => {
  host = await startHost();
  onTestFinished(() => host.stop());
  // A release whose kubelet runs on cgroup v1, which the machine of the test may have.
  for (const name of ["kube-vip", "keepalived-haproxy", "kubeadm-documents"])
    await mustRun(host.space, [
      "sh",
      "-c",
      'sed s/v1.36.3/v1.34.10/ "$0" >"$1"',
      inCheckout(`manifests/${name}/ha.yaml`),
      `/root/${name}.yaml`,
    ]);
});

describe.each(forms)("%s", (_, prepare) => {
  it("brings a finalized kube-vip from 1.31 to 1.34 with what that needs, and no more", async () => {
    await type(`${prepare(`${kubeVip} --kubernetes-version v1.31.14`, "--init")}; touch /etc/kubernetes/kubelet.conf`);
    await type("kubeadm-ha finalize --no-wait");
    const before = host.tree();
    expect(before[hosts]).toBeDefined();
    const out = await type(prepare(`${kubeVip} --kubernetes-version v1.34.10`));
    const changes = differences(before, host.tree());
    expect(Object.keys(changes)).toEqual([saved, hosts, kubeadm, state, manifest]);
    expect(changes[hosts]?.[1]).toBeUndefined();
    const [old = "", now = ""] = (changes[manifest] ?? []).map((entry = "") => contentOf(entry));
    expect([old, now].map((text) => /hostAliases:/.test(text))).toEqual([false, true]);
    expect([old, now].map((text) => text.includes("path: /etc/kubeadm-ha/hosts"))).toEqual([true, false]);
    expect([old, now].map((text) => text.includes("path: /etc/kubernetes/admin.conf"))).toEqual([true, true]);
    expect(now).not.toContain("path: /etc/kubernetes/super-admin.conf");
    expect(changes[kubeadm]?.[1]).toContain("kubernetesVersion: v1.34.10\n");
    expect(changes[saved]?.[1]).toContain("kubernetesVersion: v1.34.10\n");
    expect(out).toContain(`[save] Removing "${hosts}"\n`);
    expect(out).toContain("\nNothing is left to do: cp1 is in the cluster.\n");
    expect(verbs(out)).toEqual({ Writing: 4, unchanged: 2, Removing: 1 });
    await expectSettled(prepare);
  });

  it("rewrites only the state for another version of kubeadm-ha", async () => {
    await type(`${prepare(`${kubeVip} --kubernetes-version v1.34.10`, "--init")}; touch /etc/kubernetes/kubelet.conf`);
    await mustRun(host.space, ["sed", "-i", 's/"product": ".*"/"product": "0.0.9"/', state]);
    const before = host.tree();
    expect(before[state]).toContain('"product": "0.0.9",\n');
    const out = await type(prepare(`${kubeVip} --kubernetes-version v1.34.10`));
    const changes = differences(before, host.tree());
    expect(Object.keys(changes)).toEqual([state]);
    expect(contentOf(changes[state]?.[1] ?? "")).toBe(contentOf(before[state] ?? "").replace('"0.0.9"', '"0.1.0"'));
    expect(out).toContain(`[save] Writing "${state}"\n`);
    expect(verbs(out)).toEqual({ Writing: 1, unchanged: 5 });
  });

  const firstRuns = [
    ["--config", kubeVip],
    [
      "--config and flags",
      `${kubeVip} --kubernetes-version v1.34.10 --failover fast --vip 192.168.10.99 --apiserver-bind-port 7443`,
    ],
    [
      "flags only",
      "--stack keepalived-haproxy --vip 192.168.10.100 --interface eth0 --kubernetes-version v1.34.10 --node cp1=192.168.10.11 --node cp2=192.168.10.12 --node cp3=192.168.10.13",
    ],
    ["--kubeadm-config", documents("keepalived-haproxy")],
    [
      "--kubeadm-config and flags",
      `${documents("kubeadm-documents")} --kubernetes-version v1.34.10 --control-plane-endpoint other.example.com:9443 --failover conservative`,
    ],
    [
      "--kubeadm-config and a port",
      `${documents("kube-vip")} --kubernetes-version v1.33.1 --apiserver-bind-port 7443 --failover fast`,
    ],
  ] as const;

  it.each(firstRuns)("works without arguments after a first run with %s", async (_, configuration) => {
    await type(prepare(configuration, "--init"));
    await type("touch /etc/kubernetes/kubelet.conf");
    await expectSettled(prepare);
  });

  it("keeps no secret but in kubeadm.yaml, which later runs keep", async () => {
    const bare = read(host.space, "/root/keepalived-haproxy.yaml") ?? "";
    write(host.space, { path: "/root/ha.yaml", text: `${bare}---\n${withSecrets}`, mode: 0o600 });
    await type(prepare("--config ha.yaml", "--init"));
    await type("touch /etc/kubernetes/kubelet.conf");
    const before = host.tree();
    for (const secret of secrets) {
      expect(before[kubeadm]).toContain(secret);
      for (const [place, entry] of Object.entries(before))
        if (place !== kubeadm) expect(entry, place).not.toContain(secret);
    }
    expect(before[saved]).toContain("ttl: 1h0m0s");
    const out = await type(prepare(""));
    expect(out).toContain(`[kubeadm-config] keeping "${kubeadm}"`);
    expect(differences(before, host.tree())).toEqual({});
    const changed = await type(prepare(`--config ${saved} --failover fast`));
    expect(changed).toContain(`[kubeadm-config] keeping "${kubeadm}"`);
    expect(host.tree()[kubeadm]).toBe(before[kubeadm]);
    expect(host.tree()[saved]).toContain("failover: fast");
    await expectSettled(prepare);
  });
});

/** A run without arguments, from what the node keeps, finds nothing to do. */
async function expectSettled(prepare: (configuration: string, run?: string) => string): Promise<void> {
  const before = host.tree();
  const out = await type(prepare(""));
  expect(out).not.toMatch(/\] (Writing|Removing)/);
  expect(verbs(out)["unchanged"]).toBeGreaterThan(2);
  expect(differences(before, host.tree())).toEqual({});
}

async function type(line: string): Promise<string> {
  const { status, stdout, stderr } = await host.shell(line);
  expect(status, line + stderr + stdout).toBe(0);
  return stdout;
}

function verbs(out: string): Readonly<Record<string, number>> {
  const found = [...out.matchAll(/^\[[\w-]+\] (Writing|unchanged|Removing|keeping) "/gm)].map(([, verb = ""]) => verb);
  return Object.fromEntries([...new Set(found)].map((verb) => [verb, found.filter((other) => other === verb).length]));
}

function documents(example: string): string {
  return `--config ${example}.yaml --kubeadm-config ${inCheckout("manifests/kubeadm-documents/kubeadm-v1beta4.yaml")}`;
}

const secrets = ["abcdef.0123456789abcdef", "fedcba9876543210".repeat(4)];

const withSecrets = `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
bootstrapTokens:
- token: ${secrets[0]}
  ttl: 1h0m0s
certificateKey: ${secrets[1]}
`;
