import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";

import { shells } from "../checks/scripts.ts";
import {
  installed,
  kubernetesPrograms,
  packagePrograms,
  programDirectory,
  withoutOtherPrograms,
} from "../node/support/programs.ts";
import { builtProgram } from "../support/built.ts";
import { runOn } from "../support/io.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { createSpace, ip, mustRun, type Result, run, type Space, start, write } from "./lab/space.ts";
import { requireSystem } from "./support/programs.ts";

// A node that nobody tells whether it founds the cluster asks for one: with whatever program is there,
// and comes to the same as `prepare`.

const configuration = `apiVersion: kubeadm-ha.io/v1alpha1
kind: HAConfiguration
kubernetesVersion: v1.36.3
controlPlaneEndpoint: api.example.com
virtualIP:
  provider: keepalived
  addresses: [192.168.10.100/24, "fd00:10::100/64"]
nodes:
- {name: cp1, addresses: [192.168.10.11, "fd00:10::11"]}
- {name: cp2, addresses: [192.168.10.12, "fd00:10::12"]}
- {name: cp3, addresses: [192.168.10.13, "fd00:10::13"]}
`;

const tools = {
  curl: [installed("curl")],
  wget: [installed("wget")],
  "BusyBox's wget": [installed("busybox", "wget")],
  openssl: [installed("openssl")],
  bash: [installed("bash")],
} as const;
type Tool = keyof typeof tools;
const toolNames = Object.keys(tools) as readonly Tool[];

let space: Space;

beforeAll(async () => {
  requireSystem();
  space = await createSpace("cp1");
  await ip(space, [
    "link add eth0 type veth peer name other",
    "link set eth0 up",
    "link set other up",
    "addr add 192.168.10.11/32 dev eth0",
    "addr add fd00:10::11/128 dev eth0 nodad",
  ]);
  const request = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=x";
  await mustRun(space, ["sh", "-ec", `mkdir /run/tls; ${request} -keyout /run/tls/key -out /run/tls/crt 2>&1`]);
  const script = join(import.meta.dirname, "../node/support/server.mjs");
  const server = start(space, [process.execPath, script, "6443", "/run/tls/crt", "/run/tls/key", "/run/mode"]);
  await new Promise((resolve) => server.stdout?.once("data", resolve));
});
afterAll(() => space.stop());

// Whatever is under test ends by itself within seconds.
vi.setConfig({ testTimeout: 30_000 });

describe("a cluster that answers", () => {
  test.each(toolNames)("at the endpoint, asked with %s", async (tool) => {
    await serve("200", "192.168.10.100");
    knowEndpoint("192.168.10.100");
    expect((await agree(tool)).stderr).toContain(exists("api.example.com"));
  });

  test.each(toolNames)("at the second virtual IP, asked with %s", async (tool) => {
    await serve("401", "fd00:10::100");
    expect((await agree(tool)).stderr).toContain(exists("[fd00:10::100]"));
  });

  test.each(["301", "403", "429", "503"])("with %s", async (status) => {
    await serve(status, "192.168.10.100");
    const results = await Promise.all([agree("wget"), agree("BusyBox's wget")]);
    for (const { stderr } of results) expect(stderr).toContain(exists("192.168.10.100"));
  });

  test("is ignored if that is asked for", async () => {
    await serve("200", "192.168.10.100");
    const { status, stdout, stderr } = await agree("curl", ["--ignore-preflight-errors", "clusterexists"]);
    expect({ status, head: stdout.split("\n")[0] }).toEqual({
      status: 0,
      head: "[preflight] cp1 founds the cluster: although a cluster answers",
    });
    expect(stderr).toContain("\t[WARNING ClusterExists]: https://192.168.10.100:6443 answers");
  });
});

describe("no cluster", () => {
  const nothing = `[preflight] cp1 founds the cluster: nothing answers at https://api.example.com:6443, https://192.168.10.100:6443, https://[fd00:10::100]:6443\n`;

  test.each(toolNames)("answers nobody, asked with %s", async (tool) => {
    const { status, stdout } = await agree(tool);
    expect({ status, head: stdout.slice(0, nothing.length) }).toEqual({ status: 0, head: nothing });
    // The interface is found by the node's address.
    expect(stdout).toContain("interface eth0\n");
  });

  test.each(toolNames.flatMap((tool) => ["closing", "resetting"].map((mode) => [mode, tool] as const)))(
    "is behind a load balancer that has no servers and is %s connections, asked with %s",
    async (mode, tool) => {
      await serve(mode, "192.168.10.100");
      const { status, stdout } = await agree(tool);
      expect({ status, head: stdout.slice(0, nothing.length) }).toEqual({ status: 0, head: nothing });
    },
  );
});

// BusyBox's wget writes its question to a helper that may be gone by then, which no test can time: this one is always late.
test("a load balancer without servers that is faster than wget is no cluster", async () => {
  const wget = join(temporaryDirectory(), "wget");
  writeFileSync(wget, "#!/bin/sh\nkill -PIPE $$\n", { mode: 0o755 });
  const scripted = await runScript(nextShell(), [{ name: "wget", path: wget }], ["--dry-run"]);
  expect(scripted).toEqual(await runPrepare(["--dry-run"]));
});

describe("an API server that hangs", () => {
  const hangs = "[ERROR ClusterExists]: https://192.168.10.100:6443 takes connections and does not answer";

  test.each(["curl", "wget", "openssl"] as const)("may be a cluster, asked with %s", async (tool) => {
    await serve("silent", "192.168.10.100");
    const { status, stdout, stderr } = await agree(tool);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(hangs);
    expect(stderr).toContain("--init");
  });

  test.each([
    // bash cannot speak TLS: to it whatever waits for words is a cluster.
    ["bash", "[ERROR ClusterExists]: https://192.168.10.100:6443 answers"],
    // It says the same whether it has a connection or not.
    ["BusyBox's wget", "[ERROR ClusterUnknown]: "],
  ] as const)("founds nothing either way, asked with %s", async (tool, message) => {
    await serve("silent", "192.168.10.100");
    const { status, stdout, stderr } = await runScript(nextShell(), tools[tool], ["--dry-run"]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(message);
  });
});

test.each(Object.keys(shells))("a script that cannot ask says so, in %s", async (shell) => {
  const { status, stdout, stderr } = await runScript(shell as keyof typeof shells, [], ["--dry-run"]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain(
    "\t[ERROR ClusterUnknown]: the endpoint cannot be asked whether there is a cluster, since none of",
  );
  const ignored = await runScript(
    shell as keyof typeof shells,
    [],
    ["--dry-run", "--ignore-preflight-errors=ClusterUnknown"],
  );
  expect(ignored).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("although nobody could ask for a cluster\n"),
  });
});

test("without an interface that has the node's address there is nothing to announce on", async () => {
  await ip(space, ["addr del 192.168.10.11/32 dev eth0"]);
  onTestFinished(() => ip(space, ["addr add 192.168.10.11/32 dev eth0"]));
  const { status, stderr } = await agree("curl", ["--init", "--ignore-preflight-errors=all"]);
  expect({ status, errors: stderr.split("\n").filter((line) => line.startsWith("\t[ERROR")) }).toEqual({
    status: 1,
    errors: [
      expect.stringContaining("[ERROR Interface]: no interface of this machine has 192.168.10.11, the address of cp1"),
    ],
  });
});

function exists(host: string): string {
  return `[preflight] Some fatal errors occurred:\n\t[ERROR ClusterExists]: https://${host}:6443 answers, so there is a cluster: `;
}

/** Both, with no other program to ask with: they say the same, which is the result. */
async function agree(tool: Tool, flags: readonly string[] = []): Promise<Result> {
  const all = ["--dry-run", ...flags];
  const [prepared, scripted] = await Promise.all([runPrepare(all), runScript(nextShell(), tools[tool], all)]);
  expect(scripted, tool).toEqual(prepared);
  return prepared;
}

let turn = 0;
function nextShell(): keyof typeof shells {
  turn += 1;
  return (Object.keys(shells) as readonly (keyof typeof shells)[])[turn % 3] ?? "dash";
}

async function runPrepare(flags: readonly string[]): Promise<Result> {
  const directory = temporaryDirectory();
  // A copy, since a build elsewhere replaces the directory.
  cpSync(dirname(builtProgram), join(directory, "dist"), { recursive: true });
  writeFileSync(join(directory, "ha.yaml"), configuration);
  const root = newRoot(directory);
  const argv = ["prepare", "--config", join(directory, "ha.yaml"), "--rootfs", root, ...flags];
  return run(space, [process.execPath, join(directory, "dist/kubeadm-ha.cjs"), ...argv]);
}

async function runScript(
  shell: keyof typeof shells,
  more: (typeof tools)[Tool] | readonly [],
  flags: readonly string[],
): Promise<Result> {
  const directory = temporaryDirectory();
  const { out } = await runOn(configuration, "render", "--node", "cp1", "--format", "script");
  const file = join(directory, "cp1.sh");
  writeFileSync(file, withoutOtherPrograms(out));
  const [name, ...words] = shells[shell];
  const path = programDirectory([...packagePrograms(), ...kubernetesPrograms(), ...more]);
  const command = [installed(name).path, ...words, file, "--rootfs", newRoot(directory), ...flags];
  return run(space, ["env", "-i", `PATH=${path}`, ...command]);
}

function newRoot(directory: string): string {
  const root = join(directory, "root");
  mkdirSync(root);
  return root;
}

/** Until the test ends: the server has an address of this machine, and answers like this. */
async function serve(mode: string, address: string): Promise<void> {
  write(space, { path: "/run/mode", text: mode });
  const place = address.includes(":") ? `${address}/128 dev lo nodad` : `${address}/32 dev lo`;
  await ip(space, [`addr add ${place}`]);
  onTestFinished(async () => {
    await ip(space, [`addr del ${place.replace(" nodad", "")}`]);
    write(space, { path: "/etc/hosts", text: "127.0.0.1 localhost\n" });
  });
}

function knowEndpoint(address: string): void {
  write(space, { path: "/etc/hosts", text: `127.0.0.1 localhost\n${address} api.example.com\n` });
}
