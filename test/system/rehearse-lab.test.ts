import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { buildSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { collectFiles } from "../../src/host/collect-files.ts";
import { helpersDirectory } from "../../src/rehearse/helpers.ts";
import { type Lab, type LabNode, type LabOptions, startLab } from "../../src/rehearse/lab/lab.ts";
import type { Form, Measurement } from "../../src/rehearse/measurement.ts";
import { makeScene } from "../../src/rehearse/scene/make-scene.ts";
import type { Scene } from "../../src/rehearse/scene.ts";
import { builtProgram } from "../support/built.ts";
import { allNetworks, machine, processesIn, untilGone } from "./lab/leftovers.ts";
import { collect } from "./lab/process.ts";
import { eventually } from "./lab/wait.ts";
import { requireSystem } from "./support/programs.ts";

beforeAll(requireSystem);

describe.each<[string, Form]>([
  ["manifests/dual-stack/v1.34", "host"],
  ["manifests/ipv6-only/v1.34", "static-pod"],
])("a lab of %s as %s", (tree, form) => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab(sceneOf(tree), options(form));
    await untilOneHolder(lab);
  });
  afterAll(() => lab?.stop());

  it("answers through the balancers", async () => {
    const members = new Set<string>();
    await eventually("every API server answers", 10, async () => {
      members.add(await ask(lab));
      return members.size === 3 || undefined;
    });
    expect([...members].toSorted()).toEqual(["cp1", "cp2", "cp3"]);
  });

  it("kills a balancer for good, and the virtual IP moves", async () => {
    const holder = holderOf(lab);
    const balancer = programOf(holder, "balancer");
    balancer.signal("SIGKILL");
    await eventually("another node holds it", 5, () => (lab.holders().includes(holder.name) ? undefined : true));
    await untilOneHolder(lab);
    expect(balancer.running()).toBe(false);
    await balancer.start();
    expect(balancer.running()).toBe(true);
  });

  it("restarts a program that a supervisor looks after", async () => {
    const keepalived = programOf(holderOf(lab), "keepalived");
    keepalived.superviseAfter(0.5);
    keepalived.signal("SIGKILL");
    await eventually("it has ended", 2, () => (keepalived.running() ? undefined : true));
    await eventually("it runs again", 5, () => keepalived.running() || undefined);
    keepalived.superviseAfter(undefined);
    await untilOneHolder(lab);
  });

  it("freezes a node and lets it go on", async () => {
    const holder = holderOf(lab);
    holder.freeze(true);
    await eventually("another node holds it, too", 10, () => lab.holders().length === 2 || undefined);
    holder.freeze(false);
    await untilOneHolder(lab);
    await ask(lab);
  });

  it("takes the power of a node and boots it", async () => {
    const holder = holderOf(lab);
    await holder.powerOff();
    expect(lab.holders()).not.toContain(holder.name);
    expect(Object.values(holder.programs).map((program) => program.running())).not.toContain(true);
    await untilOneHolder(lab);
    await holder.boot();
    expect(Object.values(holder.programs).map((program) => program.running())).not.toContain(false);
    await untilOneHolder(lab);
  });

  it("cuts cables, with and without a carrier, and single paths", async () => {
    const holder = holderOf(lab);
    await lab.network.setCable(holder.name, "no-carrier");
    await eventually("it gives the address up", 5, () => (lab.holders().includes(holder.name) ? undefined : true));
    await lab.network.setCable(holder.name, "up");
    const next = await untilOneHolder(lab);
    await lab.network.setCable(next.name, "silent");
    await eventually("two hold it", 10, () => lab.holders().length === 2 || undefined);
    expect(lab.holders()).toContain(next.name);
    await lab.network.setCable(next.name, "up");
    const last = await untilOneHolder(lab);
    const backups = lab.nodes.filter(({ name }) => name !== last.name);
    for (const { name } of backups) await lab.network.setPath(last.name, name, false);
    await eventually("a backup hears nothing", 10, () => lab.holders().length > 1 || undefined);
    for (const { name } of backups) await lab.network.setPath(last.name, name, true);
    await untilOneHolder(lab);
  });

  it("changes what an API server says of its health", async () => {
    const [first, second, third = ""] = lab.nodes.map(({ name }) => name);
    for (const name of [first ?? "", second ?? ""]) lab.setHealth(name, "not-ready");
    await eventually("only one is asked", 10, async () => {
      const answers = [await ask(lab), await ask(lab), await ask(lab)];
      return answers.every((member) => member === third) || undefined;
    });
    for (const name of [first ?? "", second ?? ""]) lab.setHealth(name, "good");
  });
});

it("plays a foreign router that the cluster does not care for", async () => {
  const lab = await startLab(sceneOf("manifests/keepalived-haproxy/v1.34"), options("host"));
  try {
    await untilOneHolder(lab);
    const changes = lab.ownership.length;
    const router = await lab.startForeignRouter();
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await router.stop();
    expect(lab.ownership.length).toBe(changes);
  } finally {
    await lab.stop();
  }
});

it("lets a check restart a daemon as a service, although files are another distribution's", async () => {
  const lab = await startLab(sceneOf("test/fixtures/seeds/s4"), options("host"));
  try {
    await untilOneHolder(lab);
    const nginx = programOf(holderOf(lab), "balancer");
    nginx.signal("SIGKILL");
    await eventually("it has ended", 2, () => (nginx.running() ? undefined : true));
    await eventually("the check has restarted it", 8, () => nginx.running() || undefined);
    expect(lab.log()).toContain("virtual_server is not rehearsed");
  } finally {
    await lab.stop();
  }
});

describe("nothing is left", () => {
  let folder = "";
  beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), "kubeadm-ha-rehearse-"))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("of a lab whose configuration a daemon refuses, and its words are told", async () => {
    const [before, others] = [machine(), new Set(allNetworks())];
    const attempt = startLab(sceneOf("test/fixtures/seeds/s3"), options("host"));
    await expect(attempt).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/haproxy on kube3\d .*haproxy\.cfg:\d+\] : nbproc/s),
    });
    await untilGone(added(others), before);
  });

  it("of a lab whose configuration nginx refuses, and its words are told", async () => {
    const [before, others] = [machine(), new Set(allNetworks())];
    const copy = path.join(folder, "nginx");
    cpSync("test/fixtures/seeds/s4", copy, { recursive: true });
    const file = path.join(copy, "master-2/etc/nginx/nginx.conf");
    writeFileSync(file, `nonsense;\n${readFileSync(file, "utf8")}`);
    await expect(startLab(sceneOf(copy), options("host"))).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/nginx on master-2 .*nginx\.conf:1\b/s),
    });
    await untilGone(added(others), before);
  });

  it.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)(
    "when the program gets %s while a node is frozen and an API server stopped",
    async (name) => {
      const [before, others] = [machine(), new Set(allNetworks())];
      const child = spawn(process.execPath, [program(folder)], { stdio: ["ignore", "pipe", "inherit"] });
      const { stdout } = collect(child);
      await eventually("the lab runs", 30, () => stdout().includes("running") || undefined);
      const networks = added(others);
      expect(processesIn(networks).length).toBeGreaterThan(20);
      child.kill(name);
      await untilGone(networks, before);
    },
  );

  it.each(["SIGINT", "SIGTERM"] as const)(
    "when rehearse gets %s in the middle of a fault, and what was measured is kept",
    async (name) => {
      const [before, others] = [machine(), new Set(allNetworks())];
      const samples = path.join(folder, `${name}.jsonl`);
      const faults = ["--faults", "ready-failing,holder-cut", "--samples", samples];
      const argv = [builtProgram, "rehearse", "manifests/keepalived-haproxy/v1.34", "--as", "host", ...faults];
      const child = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "pipe"] });
      const { stderr } = collect(child);
      const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
      await eventually("the second fault", 90, () => stderr().includes("2 of 2: holder-cut") || undefined);
      const networks = added(others);
      expect(networks.length).toBeGreaterThan(3);
      child.kill(name);
      expect(await ended).toBe(130);
      await untilGone(networks, before);
      const kept = readFileSync(samples, "utf8").trimEnd().split("\n");
      expect(kept.map((line) => (JSON.parse(line) as Measurement).fault)).toEqual(["ready-failing"]);
    },
  );
});

/** A program that starts a lab, disturbs it and waits. Node 20 runs no TypeScript, hence a bundle. */
function program(folder: string): string {
  const file = path.join(folder, "lab.cjs");
  const scene = sceneOf("manifests/keepalived-haproxy/v1.34");
  const contents = `
import { startLab } from "../../src/rehearse/lab/lab.ts";
void startLab(${JSON.stringify(scene)}, ${JSON.stringify(options("static-pod"))}).then(({ nodes }) => {
  nodes[0].freeze(true);
  nodes[1].programs["api-server"].signal("SIGSTOP");
  console.log("running");
  setInterval(() => {}, 1000);
});`;
  const resolveDir = path.dirname(fileURLToPath(import.meta.url));
  buildSync({
    stdin: { contents, resolveDir, loader: "ts" },
    bundle: true,
    platform: "node",
    format: "cjs",
    outfile: file,
    logLevel: "error",
  });
  return file;
}

function sceneOf(tree: string): Scene {
  return makeScene({ name: tree, files: collectFiles([tree]).files }).scene;
}

function options(form: Form): LabOptions {
  return { form, helpers: helpersDirectory(), shutdownDelay: 1 };
}

function holderOf(lab: Lab): LabNode {
  const [name, ...others] = lab.holders();
  const holder = lab.nodes.find((node) => node.name === name);
  if (holder === undefined || others.length > 0)
    throw new Error(`held by ${lab.holders().join(" and ")}\n${lab.log()}`);
  return holder;
}

/** One holder, and still the same a moment later. */
async function untilOneHolder(lab: Lab): Promise<LabNode> {
  let since = { at: performance.now(), changes: -1 };
  return eventually("one node holds the virtual IP", 20, () => {
    if (since.changes !== lab.ownership.length) since = { at: performance.now(), changes: lab.ownership.length };
    return lab.holders().length === 1 && performance.now() - since.at > 2000 ? holderOf(lab) : undefined;
  });
}

function programOf(node: LabNode, name: keyof LabNode["programs"]): NonNullable<LabNode["programs"][typeof name]> {
  const program = node.programs[name];
  if (program === undefined) throw new Error(`no ${name} on ${node.name}`);
  return program;
}

/** Asks on the endpoint until there is an answer; which API server gave it. */
async function ask({ client, scene: { endpoint } }: Lab): Promise<string> {
  const host = endpoint.address.includes(":") ? `[${endpoint.address}]` : endpoint.address;
  const words = [
    "--silent",
    "--globoff",
    "--max-time",
    "2",
    "--cacert",
    client.caFile,
    "--write-out",
    "%header{x-member}",
  ];
  return eventually("the endpoint answers", 15, async () => {
    const url = `https://${host}:${endpoint.port}/version`;
    const child = client.start(["curl", ...words, "--output", "/dev/null", url]);
    const { stdout } = collect(child);
    await new Promise((resolve) => child.once("close", resolve));
    return stdout() === "" ? undefined : stdout();
  });
}

/** Networks that were not there before. */
function added(others: ReadonlySet<string>): readonly string[] {
  return allNetworks().filter((network) => !others.has(network));
}
