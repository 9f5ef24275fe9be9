import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { describe, expect, test } from "vitest";

import { machinePart } from "../../src/formats/capi/machine.ts";
import { shells } from "../checks/scripts.ts";
import { treeOf } from "../system/support/tree.ts";
import { example } from "./support/clusters.ts";
import { newDirectory } from "./support/directory.ts";
import { put } from "./support/machine.ts";
import { installed } from "./support/programs.ts";
import { specOf } from "./support/spec.ts";
import { type Outcome, type ShellName, shellNames } from "./support/trial.ts";

// What a machine of Cluster API does with our files: everybody gets the same ones, and its own means
// (https://github.com/kubernetes-sigs/cluster-api, bootstrap/kubeadm/pkg/cloudinit and ignition) tell it which it is.

const part = machinePart(specOf(example("kube-vip")));
const manifest = "/etc/kubernetes/manifests/kube-vip.yaml";
const sentinel = put("/run/cluster-api/bootstrap-success.complete", "success\n");

type Means = "cloud-init" | "Ignition";

/** What stands on a machine when the commands before kubeadm run. */
const begins: Readonly<Record<Means, Readonly<Record<"init" | "join", (root: string) => void>>>> = {
  "cloud-init": {
    init: put("/run/kubeadm/kubeadm.yaml", "kind: ClusterConfiguration\n", 0o640),
    join: put("/run/kubeadm/kubeadm-join-config.yaml", "kind: JoinConfiguration\n", 0o640),
  },
  Ignition: {
    init: put("/etc/kubeadm.sh", kubeadmScript("kubeadm init --config /etc/kubeadm.yml "), 0o700),
    join: put("/etc/kubeadm.sh", kubeadmScript("kubeadm join --config /etc/kubeadm.yml "), 0o700),
  },
};

function kubeadmScript(command: string): string {
  return `#!/bin/bash\nset -e\n\n${part.before[0]}\n\n${command}\nmkdir -p /run/cluster-api && echo success > /run/cluster-api/bootstrap-success.complete\n`;
}

const cases = shellNames.flatMap((shell) =>
  (["cloud-init", "Ignition"] as const).map((means) => [means, shell] as const),
);

describe.each(cases)("a machine that boots by %s (%s)", (means, shell) => {
  test("founds the cluster", async () => {
    const machine = boot(means, "init", shell);
    await machine.before();
    expect(machine.kubeconfig()).toBe("super-admin.conf");
    machine.does(kubeadmInit, sentinel);
    await machine.after();
    expect(machine.kubeconfig()).toBe("admin.conf");
    const tree = treeOf(machine.root, { times: true });
    await machine.before();
    await machine.after();
    expect(treeOf(machine.root, { times: true })).toEqual(tree);
  });

  test("joins", async () => {
    const machine = boot(means, "join", shell);
    const tree = treeOf(machine.root, { times: true });
    await machine.before();
    machine.does(sentinel);
    await machine.after();
    expect(machine.kubeconfig()).toBe("admin.conf");
    expect(treeOf(machine.root, { times: true })).toMatchObject(tree);
  });

  test.each([["before it wrote anything", () => {}] as const, ["half-way", kubeadmInit] as const])(
    "kubeadm fails %s",
    async (_, left) => {
      const machine = boot(means, "init", shell);
      await machine.before();
      machine.does(left);
      await machine.after();
      expect(machine.kubeconfig()).toBe("super-admin.conf");
      await machine.before();
      expect(machine.kubeconfig()).toBe("super-admin.conf");
    },
  );

  test("every command twice", async () => {
    const machine = boot(means, "init", shell);
    await machine.before();
    const tree = treeOf(machine.root, { times: true });
    await machine.before();
    expect(treeOf(machine.root, { times: true })).toEqual(tree);
    machine.does(kubeadmInit, sentinel);
    await machine.after();
    const finished = treeOf(machine.root, { times: true });
    await machine.after();
    expect(treeOf(machine.root, { times: true })).toEqual(finished);
  });

  test.each(["sed", "mv"])("power is lost while %s works", async (program) => {
    const machine = boot(means, "init", shell);
    await machine.before(killerAs(program));
    expect(machine.kubeconfig()).toBe("admin.conf");
    await machine.before();
    expect(machine.kubeconfig()).toBe("super-admin.conf");
    machine.does(kubeadmInit, sentinel);
    await machine.after(killerAs(program));
    expect(machine.kubeconfig()).toBe("super-admin.conf");
    await machine.after();
    expect(machine.kubeconfig()).toBe("admin.conf");
    expect(Object.keys(treeOf(machine.root)).filter((path) => path.endsWith(".new"))).toEqual([]);
  });

  test("a reboot in the middle, which empties /run", async () => {
    const machine = boot(means, "init", shell);
    await machine.before();
    machine.does(kubeadmInit, (root) => rmSync(join(root, "run"), { recursive: true, force: true }));
    await machine.before();
    await machine.after();
    expect(machine.kubeconfig()).toBe("super-admin.conf");
  });

  test("a reboot after everything", async () => {
    const machine = boot(means, "init", shell);
    await machine.before();
    machine.does(kubeadmInit, sentinel);
    await machine.after();
    machine.does((root) => rmSync(join(root, "run"), { recursive: true, force: true }));
    await machine.before();
    await machine.after();
    expect(machine.kubeconfig()).toBe("admin.conf");
  });
});

interface Machine {
  readonly root: string;
  does(...changes: readonly ((root: string) => void)[]): void;
  /** Runs the commands of a kind, each to its end; programs of a directory come before the machine's. */
  before(programs?: string): Promise<void>;
  after(programs?: string): Promise<void>;
  /** The file that kube-vip's pod gets. */
  kubeconfig(): string | undefined;
}

function boot(means: Means, role: "init" | "join", shell: ShellName): Machine {
  const root = newDirectory();
  for (const { path, mode, text } of part.files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode });
  }
  begins[means][role](root);
  const runAll = async (commands: readonly string[], programs?: string): Promise<void> => {
    for (const command of commands) {
      const { code, err, milliseconds, left } = await runToItsEnd(shell, [join(root, command), root], programs);
      // Of what was killed there may be somebody whom nobody has waited for yet.
      if (programs === undefined) expect({ code, err, left }).toEqual({ code: 0, err: "", left: false });
      expect(milliseconds).toBeLessThan(2000);
    }
  };
  return {
    root,
    does: (...changes) => {
      for (const change of changes) change(root);
    },
    before: (programs) => runAll(part.before, programs),
    after: (programs) => runAll(part.after, programs),
    kubeconfig: () => /path: \/etc\/kubernetes\/(\S+)/.exec(readFileSync(join(root, manifest), "utf8"))?.[1],
  };
}

/** What `kubeadm init` has written once the control plane is to start. */
function kubeadmInit(root: string): void {
  for (const name of ["admin.conf", "super-admin.conf", "kubelet.conf"])
    put(`/etc/kubernetes/${name}`, "kind: Config\n", 0o600)(root);
}

/** A directory with one program, which ends whoever calls it. */
function killerAs(program: string): string {
  const directory = newDirectory();
  writeFileSync(join(directory, program), "#!/bin/sh\nkill -9 0\n", { mode: 0o755 });
  return directory;
}

interface Ended extends Outcome {
  readonly milliseconds: number;
  /** Whether a process of it is still there. */
  readonly left: boolean;
}

function runToItsEnd(shell: ShellName, words: readonly string[], programs?: string): Promise<Ended> {
  const [name, ...options] = shells[shell];
  const path = process.env["PATH"] ?? "";
  const begin = performance.now();
  // A process group of its own: what it leaves is found by it.
  const child = spawn(installed(name).path, [...options, ...words], {
    detached: true,
    env: { PATH: programs === undefined ? path : `${programs}:${path}` },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (printed.out += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (printed.err += chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject).once("close", (code) => {
      const milliseconds = performance.now() - begin;
      resolve({ code, ...printed, milliseconds, left: child.pid !== undefined && lives(-child.pid) });
    });
  });
}

function lives(process_: number): boolean {
  try {
    return process.kill(process_, 0);
  } catch {
    return false;
  }
}
