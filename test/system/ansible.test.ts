import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { builtProgram, root as checkout } from "../support/built.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { pythonTool, requireSystem } from "./support/programs.ts";
import { contentOf, type Tree, treeOf } from "./support/tree.ts";

// The role of docs/ansible with the real Ansible: each machine is a directory, and there is no network.

requireSystem();

const nodes = ["cp1", "cp2", "cp3", "w1"] as const;
const secrets = { token: "abcdef.0123456789abcdef", key: "0123456789abcdef".repeat(4), hash: "a".repeat(64) };
const config = "/etc/kubeadm-ha/kubeadm.yaml";

test("prepares every machine, changes nothing the second time, and brings join secrets when there is a cluster", () => {
  const site = newSite();
  const checked = site.play("--check");
  expect(checked.changed).toEqual({ cp1: 2, cp2: 1, cp3: 1, w1: 1 });
  expect(Object.keys(site.tree("cp2"))).not.toContain("/etc/kubeadm-ha");

  expect(site.play().changed).toEqual({ cp1: 1, cp2: 1, cp3: 1, w1: 1 });
  for (const node of nodes) expect(site.tree(node), node).toEqual(site.preparedTree(node));
  const before = site.trees();
  const again = site.play();
  expect(again.changed).toEqual({ cp1: 0, cp2: 0, cp3: 0, w1: 0 });
  expect(again.out).toContain("kubeadm init --config");
  expect(site.trees()).toEqual(before);

  site.founds();
  const joining = site.play();
  expect(joining.changed).toMatchObject({ cp1: 0, cp2: expect.toSatisfy((changed: number) => changed > 0) });
  for (const secret of Object.values(secrets)) expect(joining.out).not.toContain(secret);
  expect(contentOf(site.tree("cp2")[config] ?? "")).toContain(secrets.key);
  expect(contentOf(site.tree("w1")[config] ?? "")).toContain(secrets.token);
  expect(Object.keys(site.tree("cp2"))).not.toContain("/run/kubeadm-ha/join");
  const joined = site.trees();
  expect(site.play().changed).toEqual({ cp1: 0, cp2: 0, cp3: 0, w1: 0 });
  expect(site.trees()).toEqual(joined);
});

test("a foreign file ends the run of its machine and changes nothing there", () => {
  const site = newSite();
  mkdirSync(join(site.machine("cp2"), "etc/kubernetes/manifests"), { recursive: true });
  writeFileSync(join(site.machine("cp2"), "etc/kubernetes/manifests/haproxy.yaml"), "kind: Pod\n");
  const before = site.tree("cp2");
  const { code, out } = site.play();
  expect(code).toBe(2);
  expect(out).toContain("[ERROR ForeignFile--etc-kubernetes-manifests-haproxy.yaml]");
  expect(site.tree("cp2")).toEqual(before);
});

interface Played {
  readonly code: number | null;
  readonly out: string;
  /** How many tasks changed something, by host. */
  readonly changed: Readonly<Record<string, number>>;
}

interface Site {
  machine(node: string): string;
  tree(node: string): Tree;
  /** With the times of all files. */
  trees(): readonly Tree[];
  /** What `prepare` leaves on such a machine. */
  preparedTree(node: string): Tree;
  /** What `kubeadm init` leaves on the first one. */
  founds(): void;
  play(...words: readonly string[]): Played;
}

function newSite(): Site {
  const site = temporaryDirectory();
  const machine = (node: string): string => join(site, "machines", node);
  const newMachine = (path: string): void => {
    for (const place of ["etc/tmpfiles.d", "run"]) mkdirSync(join(path, place), { recursive: true });
  };
  for (const node of nodes) newMachine(machine(node));
  cpSync(join(checkout, "docs/ansible"), site, { recursive: true });
  cpSync(join(checkout, "manifests/keepalived-haproxy/ha.yaml"), join(site, "ha.yaml"));
  writeFileSync(join(site, "inventory.json"), JSON.stringify(inventory(machine)));
  mkdirSync(join(site, "bin"));
  writeFileSync(join(site, "bin/kubeadm"), kubeadm, { mode: 0o755 });
  const run = (words: readonly string[]) =>
    spawnSync("unshare", ["--net", ...words], {
      cwd: site,
      encoding: "utf8",
      env: {
        PATH: `${join(site, "bin")}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
        HOME: site,
        LANG: "C.UTF-8",
        ANSIBLE_HOME: join(site, ".ansible"),
        ANSIBLE_NOCOLOR: "1",
        ANSIBLE_DISPLAY_ARGS_TO_STDOUT: "0",
      },
    });
  return {
    machine,
    tree: (node) => treeOf(machine(node)),
    trees: () => nodes.map((node) => treeOf(machine(node), { times: true })),
    preparedTree: (node) => {
      const path = join(site, "prepared", node);
      newMachine(path);
      const words = [process.execPath, builtProgram, "prepare", "--config", "ha.yaml", "--node-name", node];
      const { status, stderr } = run([...words, "--rootfs", path]);
      expect(status, stderr).toBe(0);
      return treeOf(path);
    },
    founds: () => {
      for (const name of ["admin.conf", "kubelet.conf"])
        writeFileSync(join(machine("cp1"), "etc/kubernetes", name), "kind: Config\n", { mode: 0o600 });
    },
    play: (...words) => {
      const { status, stdout, stderr } = run([
        pythonTool("ansible-playbook"),
        "--inventory",
        "inventory.json",
        "playbook.yml",
        ...words,
      ]);
      const recap = [...stdout.matchAll(/^(\S+) +: ok=\d+ +changed=(\d+) /gm)];
      return {
        code: status,
        out: stdout + stderr,
        changed: Object.fromEntries(recap.map(([, host = "", changed]) => [host, Number(changed)])),
      };
    },
  };
}

function inventory(machine: (node: string) => string): unknown {
  return {
    kubernetes: {
      hosts: Object.fromEntries(nodes.map((node) => [node, { kubeadm_ha_rootfs: machine(node) }])),
      vars: {
        ansible_connection: "local",
        ansible_become: false,
        ansible_python_interpreter: "{{ ansible_playbook_python }}",
        kubeadm_ha_program: [process.execPath, builtProgram],
      },
    },
  };
}

// Prints what join-command.sh asks for.
const kubeadm = `#!/bin/sh
case "$*" in
'init phase upload-certs '*) echo ${secrets.key} ;;
'token create '*) echo 'kubeadm join 192.168.10.100:8443 --token ${secrets.token} --discovery-token-ca-cert-hash sha256:${secrets.hash} ' ;;
*) exit 1 ;;
esac
`;
