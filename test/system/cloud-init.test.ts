import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { beforeAll, describe, expect, it, onTestFinished } from "vitest";

import { exampleInput, examplePlan } from "../../scripts/examples.ts";
import {
  type ClusterSpec,
  hasDedicatedBalancers,
  nodeNamed,
  type NodeSpec,
  runsOnHosts,
} from "../../src/config/spec.ts";
import { compress } from "../../src/host/compress.ts";
import { fillFile } from "../../src/plan/facts.ts";
import type { PlannedNode } from "../../src/plan/plan.ts";
import { builtProgram, root, runBuilt } from "../support/built.ts";
import { kubeVipOnly } from "../support/configurations.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { inside, mustRun } from "./lab/space.ts";
import { type CloudMachine, type CloudMachineOptions, startCloudMachine, top } from "./support/cloud-machine.ts";
import { exampleConfigurations } from "./support/configurations.ts";
import { requireSystem } from "./support/programs.ts";
import type { Tree } from "./support/tree.ts";

// Debian's own cloud-init does with user data what `prepare` does.

const version = "v1.36.3";
const script = "/var/lib/cloud/scripts/kubeadm-ha.sh";

beforeAll(requireSystem);

describe.each(exampleConfigurations())("$name", ({ name }) => {
  const directory = path.join(root, "manifests", name);
  const { plan, spec } = examplePlan(directory, version);
  const documents = exampleInput(directory, version).kubeadmFile?.name;
  const input = [
    "--config",
    path.join(directory, "ha.yaml"),
    "--kubernetes-version",
    version,
    ...(documents === undefined ? [] : ["--kubeadm-config", path.join(directory, documents)]),
  ];

  it("is accepted by cloud-init's schema, for every node", async () => {
    const machine = await started({ name: "any" });
    const authority = hasDedicatedBalancers(spec) ? ["--ca-cert", certificateFile()] : [];
    for (const node of plan.nodes) {
      const text = userData([...input, ...authority, "--node", node.name]);
      expect(await schemaAnswer(machine, text)).toContain("Valid schema");
    }
  });

  const nodes = plan.nodes.filter(({ role }, index) => index < 2 || role === "worker");
  it.each(nodes.map((node) => [node.name, node] as const))(
    "gives %s the plan's bytes, modes and owners, and the script then leaves what prepare leaves",
    async (_, node) => {
      const machine = await started(networkOf(nodeNamed(spec, node.name)));
      surround(machine, { spec, founds: node.bootstrap === "init" });
      await readUserData(machine, userData([...input, "--node", node.name]));
      const before = machineTree(machine);
      await single(machine, "write_files");
      expect(files(added(machineTree(machine), before))).toEqual({
        ...plannedFiles(node),
        [script]: expect.stringMatching(/^file 700 0:0\n#!\/bin\/sh\n/),
      });
      await single(machine, "runcmd");
      const said = await single(machine, "scripts_user");
      expect(said).toMatch(node.bootstrap === "init" ? /kubeadm init --config/ : /no join secrets yet/i);

      const prepared = await started(networkOf(nodeNamed(spec, node.name)));
      surround(prepared, { spec, founds: node.bootstrap === "init" });
      const clean = machineTree(prepared);
      await prepare(prepared, [...input, "--node-name", node.name, `--${node.bootstrap}`]);
      const left = withoutCloudInit(added(machineTree(machine), before));
      expect(left).toEqual(added(machineTree(prepared), clean));

      // As after cloud-init clean.
      for (const module of ["write_files", "runcmd", "scripts_user"]) await single(machine, module);
      expect(withoutCloudInit(added(machineTree(machine), before))).toEqual(left);
    },
  );
});

describe("a group", () => {
  const pool = kubeVipOnly.replace(/nodes:\n(?:- .*\n)+/, "");

  it.each(["init", "join"])("has one document for all machines that %s", async (role) => {
    const directory = temporaryDirectory();
    const file = path.join(directory, "ha.yaml");
    writeFileSync(file, pool);
    const text = userData(["--config", file, "--role", role]);
    const machine = await started({ name: "ip-10-0-0-7", addresses: ["10.0.0.7/24"] });
    expect(await schemaAnswer(machine, text)).toContain("Valid schema");
    await readUserData(machine, text);
    for (const name of ["write_files", "runcmd"]) await single(machine, name);
    expect(await single(machine, "scripts_user")).toMatch(
      role === "init" ? /kubeadm init --config/ : /no join secrets yet/i,
    );
    expect(machineTree(machine)["/etc/kubernetes/manifests"]).toBe("directory 700 0:0");
    expect(machineTree(machine)["/etc/kubeadm-ha/state.json"]).toContain('"node": "ip-10-0-0-7"');
  });
});

/** What a machine of such a cluster has beside ours: the programs of services, and a balancer that answers who joins. */
function surround(
  machine: CloudMachine,
  { spec, founds }: { readonly spec: ClusterSpec; readonly founds: boolean },
): void {
  const program = (name: string): void => machine.put(`/usr/sbin/${name}`, "#!/bin/sh\n", 0o755);
  if (runsOnHosts(spec)) for (const name of ["haproxy", "keepalived", "nc"]) program(name);
  if (spec.loadBalancer.redirectFrom !== undefined) program("nft");
  if (spec.loadBalancer.provider !== "external") return;
  machine.put("/etc/hosts", `127.0.0.1 localhost\n127.0.0.2 ${spec.endpoint.host}\n`);
  if (!founds) machine.put("/usr/bin/curl", "#!/bin/sh\n", 0o755);
}

function certificateFile(): string {
  const file = path.join(temporaryDirectory(), "ca.crt");
  const request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=kubernetes";
  execFileSync("openssl", [...request.split(" "), "-keyout", `${file}.key`, "-out", file], { stdio: "ignore" });
  return file;
}

function networkOf({ name, addresses, interface: link }: NodeSpec): CloudMachineOptions {
  return { name, link, addresses: addresses.map(({ text, family }) => `${text}/${family === 4 ? 24 : 64}`) };
}

async function started(options: CloudMachineOptions): Promise<CloudMachine> {
  const machine = await startCloudMachine(options);
  onTestFinished(() => machine.space.stop());
  return machine;
}

// Into a directory: a document with secrets is not printed.
function userData(options: readonly string[]): string {
  const output = path.join(temporaryDirectory(), "out");
  const { code, err } = runBuilt(["render", ...options, "--format", "cloud-init", "-o", output]);
  if (code !== 0) throw new Error(err);
  const [, only = ""] = /^\[render\] (\S+\.yaml) /m.exec(err) ?? [];
  return readFileSync(path.join(output, only), "utf8");
}

async function schemaAnswer(machine: CloudMachine, text: string): Promise<string> {
  machine.put("/root/user-data.yaml", text);
  return machine.must("cloud-init", "schema", "--config-file", "/root/user-data.yaml");
}

/** The local stage, with user data compressed, as clouds with small limits get it. */
async function readUserData(machine: CloudMachine, text: string): Promise<void> {
  machine.put("/etc/cloud/cloud.cfg.d/99-test.cfg", configuration);
  machine.put("/var/lib/cloud/seed/nocloud/meta-data", "instance-id: test\ndsmode: local\n");
  machine.put("/var/lib/cloud/seed/nocloud/user-data", "");
  writeFileSync(inside(machine.space, `${top}/var/lib/cloud/seed/nocloud/user-data`), compress(text));
  await machine.must("cloud-init", "init", "--local");
}

// Of the first stage nothing but the reading of user data: what runs is what the test runs.
const configuration = `datasource_list: [NoCloud]
network: {config: disabled}
cloud_init_modules: []
`;

function single(machine: CloudMachine, module: string): Promise<string> {
  return machine.must("cloud-init", "single", "--name", module, "--frequency", "always");
}

async function prepare(machine: CloudMachine, options: readonly string[]): Promise<void> {
  await mustRun(machine.space, [process.execPath, builtProgram, "prepare", ...options, "--rootfs", top], {
    limitSeconds: 120,
  });
}

/** Everything where files of ours could be. */
function machineTree(machine: CloudMachine): Tree {
  return Object.assign({}, ...["/etc", "/run", "/var/lib", "/root", "/usr/local"].map((place) => machine.tree(place)));
}

function added(after: Tree, before: Tree): Tree {
  return Object.fromEntries(Object.entries(after).filter(([place, entry]) => before[place] !== entry));
}

function withoutCloudInit(tree: Tree): Tree {
  return Object.fromEntries(Object.entries(tree).filter(([place]) => !/^\/(run|var\/lib)\/cloud/.test(place)));
}

function files(tree: Tree): Tree {
  const others = /^\/(run\/cloud-init|var\/lib\/cloud\/(?!scripts\/))/;
  return Object.fromEntries(
    Object.entries(tree).filter(([place, entry]) => entry.startsWith("file ") && !others.test(place)),
  );
}

function plannedFiles(node: PlannedNode): Tree {
  const filled = node.files.map((file) => fillFile(file, { role: node.bootstrap, facts: {} }));
  return Object.fromEntries(
    filled.flatMap((entry) =>
      entry.state === "complete" ? [[entry.file.path, `file ${entry.file.mode.toString(8)} 0:0\n${entry.text}`]] : [],
    ),
  );
}
