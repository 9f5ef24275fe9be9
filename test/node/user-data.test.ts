import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { dirname, join } from "node:path";

import { describe, expect, onTestFinished, test } from "vitest";

import { compactScript, type GivenFile, givenFiles } from "../../src/formats/script/compact.ts";
import { makePlan } from "../../src/plan/make-plan.ts";
import { linesOf } from "../support/io.ts";
import { type Tree, treeOf } from "../system/support/tree.ts";
import { type Cluster, edited, example, examples } from "./support/clusters.ts";
import { newDirectory } from "./support/directory.ts";
import { joinCommand, secrets } from "./support/join.ts";
import { differences, makeMember, put } from "./support/machine.ts";
import { installed, packagePrograms, programDirectory, withoutOtherPrograms } from "./support/programs.ts";
import { loaded } from "./support/spec.ts";
import { type Outcome, runPrepare, runScript, type ShellName, shellNames } from "./support/trial.ts";

// User data leaves the same tree as `prepare`: the machine's own means write the given files, then the script runs.

describe.concurrent.each(examples.map((cluster, index) => [cluster.name, cluster, index] as const))(
  "%s",
  (_, cluster, index) => {
    const shell = shellNames[index % shellNames.length] ?? "dash";

    test("the founder, and once more", async () => {
      const machine = booted(cluster, cluster.nodes.founder);
      const first = await machine.run(shell);
      expect(first).toMatchObject({ code: 0, out: "Next: kubeadm init --config /etc/kubeadm-ha/kubeadm.yaml\n" });
      const tree = treeOf(machine.root, { times: true });
      expect(differences(treeOf(machine.root), await prepared(cluster, cluster.nodes.founder, ["--init"]))).toEqual([]);
      expect(await machine.run(shell)).toEqual(first);
      expect(treeOf(machine.root, { times: true })).toEqual(tree);
    });

    test("the founder joins where there is a join file, and goes on joining", async () => {
      const machine = booted(cluster, cluster.nodes.founder);
      bring(joinCommand(cluster))(machine.root);
      const first = await machine.run(shell);
      expect(first).toMatchObject({ code: 0, out: "Next: kubeadm join --config /etc/kubeadm-ha/kubeadm.yaml\n" });
      const tree = treeOf(machine.root);
      const expected = await prepared(cluster, cluster.nodes.founder, [], bring(joinCommand(cluster)));
      expect(differences(tree, expected)).toEqual([]);
      expect(await machine.run(shell)).toEqual(first);
      expect(treeOf(machine.root)).toEqual(tree);
    });

    test.each([cluster.nodes.other, cluster.nodes.worker].filter((node) => node !== undefined))(
      "%s, before and after it has secrets",
      async (node) => {
        const machine = booted(cluster, node);
        expect(await machine.run(shell)).toMatchObject({
          code: 0,
          out: expect.stringContaining("o join secrets yet"),
        });
        expect(differences(treeOf(machine.root), await prepared(cluster, node, []))).toEqual([]);
        bring(joinDocument(cluster))(machine.root);
        expect(await machine.run(shell)).toMatchObject({ code: 0, out: expect.stringContaining("Next: kubeadm join") });
        const tree = treeOf(machine.root);
        const expected = await prepared(cluster, node, [], bring(joinDocument(cluster)));
        expect(differences(tree, expected)).toEqual([]);
        expect(await machine.run(shell)).toMatchObject({ code: 0 });
        expect(treeOf(machine.root)).toEqual(tree);
      },
    );
  },
);

const kubeVip = example("kube-vip");

test.each(shellNames)("a member is left alone, whatever its files are (%s)", async (shell) => {
  const machine = booted(kubeVip, kubeVip.nodes.founder);
  makeMember(machine.root);
  const before = treeOf(machine.root, { times: true });
  expect(await machine.run(shell)).toEqual({ code: 0, out: "", err: "" });
  expect(treeOf(machine.root, { times: true })).toEqual(before);
});

test("what prepare did already stays as it is", async () => {
  const machine = booted(kubeVip, kubeVip.nodes.other);
  await machine.run("dash");
  const tree = treeOf(machine.root);
  const again = await runPrepare(kubeVip, [
    ...kubeVip.flags,
    "--node-name",
    kubeVip.nodes.other,
    "--rootfs",
    machine.root,
  ]);
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining("unchanged") });
  expect(again.out).not.toContain("Writing");
  expect(treeOf(machine.root)).toEqual(tree);
});

test.each(shellNames)("half a join file ends the run, and kubeadm finds nothing to run with (%s)", async (shell) => {
  const machine = booted(kubeVip, kubeVip.nodes.founder);
  bring("kubeadm join 192.168.10.100:6443 --token h8k2x0.5m1r9c4t7w3z6p0q\n")(machine.root);
  const refused = await machine.run(shell);
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("not all secrets") });
  expect(Object.keys(treeOf(machine.root))).not.toContain("/etc/kubeadm-ha/kubeadm.yaml");
  bring(joinCommand(kubeVip))(machine.root);
  expect(await machine.run(shell)).toMatchObject({ code: 0 });
});

test.each(shellNames)("a file that was not brought (%s)", async (shell) => {
  const machine = booted(kubeVip, kubeVip.nodes.founder, (files) => files.slice(1));
  expect(await machine.run(shell)).toMatchObject({
    code: 3,
    err: expect.stringMatching(/^error: \/etc\/.* is missing\n$/),
  });
});

test.each(shellNames)("where a cluster answers nobody founds another one (%s)", async (shell) => {
  const machine = booted(kubeVip, kubeVip.nodes.founder);
  const refused = await machine.run(shell, `${curlThatEnds(0)}:${process.env["PATH"] ?? ""}`);
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("answers: there is a cluster") });
  expect(Object.keys(treeOf(machine.root))).not.toContain("/etc/kubeadm-ha/kubeadm.yaml");
  expect(await machine.run(shell)).toMatchObject({ code: 0 });
  const tree = await prepared(kubeVip, kubeVip.nodes.founder, ["--init"]);
  expect(differences(treeOf(machine.root), tree)).toEqual([]);
});

/** What a listener at the endpoint does with a connection, and whether that is a cluster. */
const listeners: readonly (readonly [string, (socket: Socket) => void, boolean])[] = [
  ["hangs", () => {}, true],
  ["closes, as a balancer without servers does,", (socket) => socket.end(), false],
  ["resets", (socket) => socket.resetAndDestroy(), false],
];

test.each(listeners.flatMap(([name, act, is]) => ["curl", "bash"].map((tool) => [name, tool, { act, is }] as const)))(
  "what %s connections at the endpoint, asked with %s",
  async (_, tool, { act, is }) => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket.on("error", () => {}));
      act(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const machine = booted(kubeVip, kubeVip.nodes.founder);
    const outcome = await machine.run("dash", `${askingAt(tool, port)}:${withoutCurl()}`, withoutOtherPrograms);
    const refusal = "https://192.168.10.100:6443 takes connections, but does not answer";
    expect(outcome).toMatchObject(is ? { code: 1, err: expect.stringContaining(refusal) } : { code: 0 });
    expect(Object.keys(treeOf(machine.root)).includes("/etc/kubeadm-ha/kubeadm.yaml")).toBe(!is);
  },
);

test.each(examples.map((cluster) => [cluster.name, cluster] as const))(
  "%s: nobody at the endpoint costs a boot no more than two seconds",
  async (_, cluster) => {
    const directory = newDirectory();
    const curl =
      '#!/bin/sh\nwhile [ "${1#-kvsm}" = "$1" ]; do shift; done\necho "${1#-kvsm}" >>"${0%/*}/seconds"\nexit 28\n';
    writeFileSync(join(directory, "curl"), curl, { mode: 0o755 });
    const machine = booted(cluster, cluster.nodes.founder);
    const outcome = await machine.run("dash", `${directory}:${process.env["PATH"] ?? ""}`);
    expect(outcome).toMatchObject({ code: 0 });
    const seconds = linesOf(readFileSync(join(directory, "seconds"), "utf8")).map(Number);
    expect(seconds.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(1.5);
    expect(seconds.every((each) => each > 0.2)).toBe(true);
  },
);

test("the interface is found where the script runs", async () => {
  const cluster = edited(example("keepalived-haproxy"), { "  interface: eth0\n": "", ", interface: ens192": "" });
  const machine = booted(cluster, cluster.nodes.founder);
  expect(Object.keys(treeOf(machine.root))).not.toContain("/etc/kubeadm-ha/keepalived/keepalived.conf");
  const refused = await machine.run("dash");
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("keepalived.conf needs to know: interface") });
});

/** What brings the join secrets to a machine. */
function bring(text: string): (root: string) => void {
  return (root) => {
    mkdirSync(join(root, "run/kubeadm-ha"), { recursive: true, mode: 0o700 });
    put("/run/kubeadm-ha/join", text, 0o600)(root);
  };
}

interface Booted {
  readonly root: string;
  run(shell: ShellName, path?: string, change?: (script: string) => string): Promise<Outcome>;
}

/** A machine whose own means have just brought the files. */
function booted(
  cluster: Cluster,
  name: string,
  brought: (files: readonly GivenFile[]) => readonly GivenFile[] = (files) => files,
): Booted {
  const root = installedSystem();
  const { script, files } = userData(cluster, name);
  for (const { path, mode, text } of brought(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode });
  }
  // Whether anybody answers is this machine's network otherwise.
  const path = `${curlThatEnds(7)}:${process.env["PATH"] ?? ""}`;
  const run: Booted["run"] = (shell, answered = path, change = (text) => text) =>
    runScript(shell, change(script), { argv: [root], path: answered });
  return { root, run };
}

/** What every system has that boots with user data. */
function installedSystem(): string {
  const root = newDirectory();
  for (const place of ["etc/tmpfiles.d", "run"]) mkdirSync(join(root, place), { recursive: true });
  return root;
}

/** A directory for PATH with the real program, which finds the endpoint at this port of this machine. */
function askingAt(tool: string, port: number): string {
  const directory = newDirectory();
  const { path } = installed(tool);
  const text =
    tool === "curl"
      ? `exec ${path} --connect-to ::127.0.0.1:${port} "$@"`
      : `exec ${path} -c "$(printf '%s' "$2" | sed 's|192.168.10.100/6443|127.0.0.1/${port}|')"`;
  writeFileSync(join(directory, tool), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return directory;
}

/** The programs that the script uses, without curl. */
function withoutCurl(): string {
  return programDirectory([...packagePrograms(), ...["sed", "grep"].map((name) => installed(name))]);
}

/** A directory for PATH with a curl that ends so at once. */
function curlThatEnds(status: number): string {
  const directory = newDirectory();
  writeFileSync(join(directory, "curl"), `#!/bin/sh\nexit ${status}\n`, { mode: 0o755 });
  return directory;
}

function userData(cluster: Cluster, name: string): { script: string; files: readonly GivenFile[] } {
  const { spec, savedConfiguration } = loaded(cluster);
  const node = makePlan(spec, { savedConfiguration: savedConfiguration() }).nodes.find((node) => node.name === name);
  if (node === undefined) throw new Error(`no node ${name}`);
  return { script: compactScript({ spec, node, product: __VERSION__ }), files: givenFiles(node) };
}

declare const __VERSION__: string;

/** What `prepare` leaves on such a machine. */
async function prepared(
  cluster: Cluster,
  node: string,
  flags: readonly string[],
  before: (root: string) => void = () => {},
): Promise<Tree> {
  const root = installedSystem();
  before(root);
  const outcome = await runPrepare(cluster, [...cluster.flags, "--node-name", node, "--rootfs", root, ...flags]);
  expect(outcome).toMatchObject({ code: 0 });
  return treeOf(root);
}

function joinDocument(cluster: Cluster): string {
  const { token, hash, key } = secrets;
  return `apiVersion: kubeadm.k8s.io/v1beta4
kind: JoinConfiguration
discovery:
  bootstrapToken:
    token: "${token}"
    apiServerEndpoint: "${joinCommand(cluster).split(" ")[2]}"
    caCertHashes: ["${hash}"]
controlPlane:
  certificateKey: ${key}
`;
}

const scripts = examples.flatMap((cluster) =>
  [cluster.nodes.founder, cluster.nodes.other].map((node) => [cluster.name, node, cluster] as const),
);

test.each(scripts)("shellcheck finds nothing: %s, %s", (_, node, cluster) => {
  // Set and read in different functions; join is a role here; both sides of the last || end the run.
  const excluded = "SC2034,SC2154,SC2209,SC2015";
  const { script } = userData(cluster, node);
  const { stdout } = spawnSync("shellcheck", ["--shell=sh", `--exclude=${excluded}`, "-"], {
    input: script,
    encoding: "utf8",
  });
  expect(stdout).toBe("");
});

const places = ["mv", "chmod", "sync", "sha256sum"].flatMap((program) =>
  [1, 2, 3].map((call) => [program, call] as const),
);

test.each(places)("power is lost at %s, call %i, and the next run finishes", async (program, call) => {
  const cluster = example("keepalived-haproxy");
  const machine = booted(cluster, cluster.nodes.founder);
  bring(joinCommand(cluster))(machine.root);
  await machine.run("dash", `${killerAs(program, call)}:${curlThatEnds(7)}:${process.env["PATH"] ?? ""}`);
  const ended = await machine.run("dash");
  expect(ended).toMatchObject({ code: 0, out: "Next: kubeadm join --config /etc/kubeadm-ha/kubeadm.yaml\n" });
  const expected = await prepared(cluster, cluster.nodes.founder, [], bring(joinCommand(cluster)));
  expect(differences(treeOf(machine.root), expected)).toEqual([]);
});

/** A directory with one program, which kills the script at one of its calls and does its work at the others. */
function killerAs(program: string, call: number): string {
  const directory = newDirectory();
  const text = `#!/bin/sh
echo >>${directory}/calls
[ "$(wc -l <${directory}/calls)" != ${call} ] || kill -9 $PPID
exec ${installed(program).path} "$@"
`;
  writeFileSync(join(directory, program), text, { mode: 0o755 });
  return directory;
}
