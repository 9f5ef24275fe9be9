import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { buildSync } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";

import { type Lab, startLab } from "./lab/lab.ts";
import { allNetworks, machine, networksOf, processesIn, untilGone } from "./lab/leftovers.ts";
import { threeNodes } from "./support/configurations.ts";
import { requireSystem } from "./support/programs.ts";
import { labPlan, render } from "./support/render.ts";

const cluster = threeNodes("ipv4", { virtualIP: "keepalived", loadBalancer: "haproxy" });
const here = path.dirname(fileURLToPath(import.meta.url));
let folder = "";

beforeAll(() => {
  requireSystem();
  folder = mkdtempSync(path.join(tmpdir(), "kubeadm-ha-lab-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("leaves nothing behind when it is stopped", async () => {
  const before = machine();
  const lab = await startLab(labPlan(render(cluster)));
  const namespaces = networksOf(spaces(lab));
  expect(processesIn(namespaces).length).toBeGreaterThan(20);
  await lab.stop();
  await untilGone(namespaces, before);
});

it("leaves nothing behind when it cannot start", async () => {
  const before = machine();
  const others = new Set(allNetworks());
  await expect(startLab({ ...labPlan(render(cluster)), pods: ["haproxy", "no-such-pod"] })).rejects.toThrow(
    "no static pod no-such-pod",
  );
  await untilGone(
    allNetworks().filter((network) => !others.has(network)),
    before,
  );
});

it("tells what a program said that did not start", async () => {
  const plan = labPlan(render(cluster));
  const nodes = plan.nodes.map((node) => ({
    ...node,
    files: node.files.map((file) => (file.path.endsWith("haproxy.cfg") ? { ...file, text: "nonsense\n" } : file)),
  }));
  const attempt = startLab({ ...plan, nodes }).then((lab) => lab.untilHolder(undefined, 2).finally(() => lab.stop()));
  await expect(attempt).rejects.toThrow(/unknown keyword 'nonsense'/);
});

it.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)(
  "leaves nothing behind when the program that uses it gets %s",
  async (name) => {
    const before = machine();
    const child = spawn(process.execPath, [program()], { stdio: ["ignore", "pipe", "inherit"] });
    const ended = new Promise((resolve) => child.once("close", (_, signal) => resolve(signal)));
    const pids = await Promise.race([
      new Promise<string>((resolve) => child.stdout.setEncoding("utf8").once("data", resolve)),
      ended,
    ]);
    const namespaces = networksOf(JSON.parse(String(pids)) as readonly number[]);
    expect(processesIn(namespaces).length).toBeGreaterThan(20);
    child.kill(name);
    expect(await ended).toBe(name);
    await untilGone(namespaces, before);
  },
);

/** A program that starts the same lab and waits. Node 20 runs no TypeScript, hence a bundle. */
function program(): string {
  const file = path.join(folder, "lab.cjs");
  const source = `
import { startLab } from "./lab/lab.ts";
void startLab(${JSON.stringify(labPlan(render(cluster)))}).then(({ network, client, nodes }) => {
  console.log(JSON.stringify([network.space, client.space, ...nodes.map(({ space }) => space)].map(({ pid }) => pid)));
  setInterval(() => {}, 1000);
});`;
  // The stand-in's place is found beside the source, not beside the bundle.
  const define = { "import.meta.url": JSON.stringify(new URL("lab/member.ts", import.meta.url).href) };
  buildSync({
    stdin: { contents: source, resolveDir: here, loader: "ts" },
    bundle: true,
    platform: "node",
    format: "cjs",
    define,
    outfile: file,
    logLevel: "error",
  });
  return file;
}

function spaces({ network, client, nodes }: Lab): readonly number[] {
  return [network.space, client.space, ...nodes.map(({ space }) => space)].map(({ pid }) => pid);
}
