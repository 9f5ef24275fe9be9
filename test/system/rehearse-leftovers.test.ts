import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { buildSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { startLab } from "../../src/rehearse/lab/lab.ts";
import type { Measurement } from "../../src/rehearse/measurement.ts";
import { builtProgram } from "../support/built.ts";
import { allNetworks, machine, processesIn, untilGone } from "./lab/leftovers.ts";
import { collect } from "./lab/process.ts";
import { eventually } from "./lab/wait.ts";
import { labOptions, sceneOf } from "./support/labs.ts";
import { requireSystem } from "./support/programs.ts";

beforeAll(requireSystem);

describe("nothing is left", () => {
  let folder = "";
  beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), "kubeadm-ha-rehearse-"))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("of a lab whose configuration a daemon refuses, and its words are told", async () => {
    const [before, others] = [machine(), new Set(allNetworks())];
    const attempt = startLab(sceneOf("test/fixtures/seeds/s3"), labOptions("host"));
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
    await expect(startLab(sceneOf(copy), labOptions("host"))).rejects.toMatchObject({
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

  it.each([
    ["SIGINT", "holder-cut", 130],
    ["SIGTERM", "holder-cut", 130],
    ["SIGKILL", "foreign-router", null],
  ] as const)(
    "when rehearse gets %s in the middle of %s, and what was measured is kept",
    async (name, fault, status) => {
      const [before, others] = [machine(), new Set(allNetworks())];
      const samples = path.join(folder, `${name}.jsonl`);
      const faults = ["--faults", `ready-failing,${fault}`, "--samples", samples];
      const argv = [builtProgram, "rehearse", "manifests/keepalived-haproxy/v1.34", "--as", "host", ...faults];
      const child = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "pipe"] });
      const { stderr } = collect(child);
      const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
      await eventually("the second fault", 90, () => stderr().includes(`2 of 2: ${fault}`) || undefined);
      // The stranger's machine is one more.
      const least = fault === "foreign-router" ? added(others).length + 1 : 4;
      await eventually("the machines of the fault", 60, () => added(others).length >= least || undefined);
      const networks = added(others);
      child.kill(name);
      expect(await ended).toBe(status);
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
void startLab(${JSON.stringify(scene)}, ${JSON.stringify(labOptions("static-pod"))}).then(({ nodes }) => {
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

it("keeps a check that wants out inside: it reaches no address of this machine and writes no file of it", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "kubeadm-ha-rehearse-"));
  const places = ["/var/tmp", "/root", "/usr/local", folder].map((place) => path.join(place, "written-by-a-check"));
  const visitors: (string | undefined)[] = [];
  const server = createServer((socket) => visitors.push(socket.end().remoteAddress));
  await new Promise<void>((resolve) => server.listen(0, () => resolve()));
  const { port } = server.address() as AddressInfo;
  const own = Object.values(networkInterfaces()).flatMap((each) => (each ?? []).map(({ address }) => address));
  const copy = path.join(folder, "tree");
  cpSync("manifests/keepalived-haproxy/v1.34", copy, { recursive: true });
  const check = path.join(copy, "cp1/etc/kubeadm-ha/keepalived/check-load-balancer.sh");
  const attempts = [
    ...places.map((place) => `echo written >${place}`),
    ...own.map((address) => `nc -w 1 ${address} ${port} </dev/null`),
    "echo tried >/run/tried",
  ];
  const [first = "", ...rest] = readFileSync(check, "utf8").split("\n");
  writeFileSync(check, [first, `(${attempts.map((line) => `${line} 2>/dev/null; `).join("")}) &`, ...rest].join("\n"));
  const others = new Set(allNetworks());
  const lab = await startLab(sceneOf(copy), labOptions("host"));
  try {
    await eventually("the check has tried", 20, () => {
      const tried = processesIn(added(others)).map((pid) => `/proc/${pid}/root/run/tried`);
      return tried.some((file) => existsSync(file)) || undefined;
    });
    expect(visitors).toEqual([]);
  } finally {
    await lab.stop();
    server.close();
    const written = places.filter((place) => existsSync(place));
    for (const place of written) rmSync(place);
    rmSync(folder, { recursive: true });
    expect(written).toEqual([]);
  }
});

/** Networks that were not there before. */
function added(others: ReadonlySet<string>): readonly string[] {
  return allNetworks().filter((network) => !others.has(network));
}
