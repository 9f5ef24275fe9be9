import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";

import { temporaryDirectory } from "../support/temporary.ts";
import { collect } from "./lab/process.ts";
import { environment, type Result } from "./lab/space.ts";
import { eventually } from "./lab/wait.ts";
import { expectRefusal, expectRefused, node, outcome, prepare, prepared, seen } from "./support/hostile.ts";
import { mustRunCommand, type Preparation, program, runCommand, script } from "./support/preparing.ts";
import { requireSystem } from "./support/programs.ts";
import type { Tree } from "./support/tree.ts";

// Two runs at once, and runs that somebody interrupts.

const scripts = mkdtempSync(path.join(tmpdir(), "kubeadm-ha-scripts-"));
afterAll(() => rmSync(scripts, { recursive: true }));
const dash = script(["dash"], scripts);
const forms = [program, dash];
let usual: Tree;

beforeAll(async () => {
  requireSystem();
  const root = mkdtempSync(path.join(scripts, "usual-"));
  usual = await prepared(program, root);
});

const busy = /^error: another kubeadm-ha is at work here \("\/run\/kubeadm-ha\/lock"\)$/;

describe.each(forms)("$name", (form) => {
  it("does nothing while somebody holds the lock", async () => {
    const root = temporaryDirectory();
    mkdirSync(path.join(root, "run/kubeadm-ha"), { recursive: true });
    const lock = path.join(root, "run/kubeadm-ha/lock");
    const holder = begin(["flock", lock, "sh", "-c", "echo held; exec sleep 60"]);
    await eventually("the lock is held", 5, () => holder.printed.stdout() || undefined);
    await expectRefused(prepare(form, root), root, { status: 3, says: busy });
    holder.signal("SIGKILL", "group");
    await holder.ended;
    await eventually("the lock is free", 5, async () => {
      const { status } = await runCommand(prepare(form, root));
      return status === 0 ? true : undefined;
    });
    expect(outcome(root)).toEqual(usual);
  });

  it.each(forms)("does nothing while $name is at work, even if that one is stopped", async (first) => {
    const root = temporaryDirectory();
    const { env, letGo, reached } = pausing();
    const other = begin(prepare(first, root), env);
    await reached();
    await expectRefused(prepare(form, root), root, { status: 3, says: busy });
    other.signal("SIGSTOP", "process");
    await expectRefused(prepare(form, root), root, { status: 3, says: busy });
    other.signal("SIGCONT", "process");
    letGo();
    expect(await other.ended).toMatchObject({ status: 0 });
    expect(outcome(root)).toEqual(usual);
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("ends on %s with nothing changed", async (name) => {
    const root = temporaryDirectory();
    const { env, letGo, reached } = pausing();
    const run = begin(prepare(form, root), env);
    await reached();
    const before = seen(root);
    expect(Object.keys(before)).toContain("/run/kubeadm-ha/lock");
    run.signal(name, "process");
    letGo();
    expectRefusal(await run.ended, { status: 130, says: /^error: interrupted; nothing was changed$/ });
    expect(seen(root)).toEqual({});
  });

  it("ends on a signal while it asks for a cluster", async () => {
    const root = temporaryDirectory();
    const run = begin([...form.command(await silentEndpoint()), "--rootfs", root]);
    await eventually("it is at work", 5, () => existsSync(path.join(root, "run/kubeadm-ha/lock")) || undefined);
    run.signal("SIGTERM", "process");
    const { status, stdout, stderr } = await run.ended;
    expect({ status, stdout, said: stderr.split("\n").at(-2) }).toEqual({
      status: 130,
      stdout: "",
      said: "error: interrupted; nothing was changed",
    });
    expect(seen(root)).toEqual({});
  });

  it.each(["process", "group"] as const)("does everything or nothing, whenever Ctrl-C reaches its %s", async (whom) => {
    const statuses = new Set<number | null>();
    for (let delay = 20; !statuses.has(0) && delay < 4000; delay += 20) {
      const root = temporaryDirectory();
      const run = begin(prepare(form, root));
      await new Promise((resolve) => setTimeout(resolve, delay));
      run.signal("SIGINT", whom);
      const { status } = await run.ended;
      statuses.add(status);
      // Before its first step and after its last one, the signal ends the process as any other.
      const whole = status === 0 ? [usual] : status === 130 ? [{}] : [{}, usual];
      expect(whole).toContainEqual(outcome(root));
    }
    expect([...statuses]).toContain(0);
  });
});

describe("a signal between the renames comes too late:", () => {
  it("the node script", async () => {
    const root = temporaryDirectory();
    await mustRunCommand(prepare(dash, root), { env: interruptingRenames() });
    expect(outcome(root)).toEqual(usual);
  });

  it("finalize.sh", async () => {
    const [root, other] = [temporaryDirectory(), temporaryDirectory()];
    const kubeVip = { ...node, file: node.file.replace("keepalived-haproxy", "kube-vip") };
    for (const [place, env] of [
      [root, interruptingRenames()],
      [other, environment],
    ] as const) {
      await prepared(program, place, kubeVip);
      const finalize = path.join(place, "etc/kubeadm-ha/finalize.sh");
      await mustRunCommand(["dash", finalize, "--rootfs", place, "--no-wait"], { env });
    }
    expect(outcome(root)).toEqual(outcome(other));
  });
});

describe("two runs at the same moment", () => {
  it.each([
    [program, program],
    [program, dash],
    [dash, dash],
  ])("%#: one wins, or one comes after the other", async (first, second) => {
    let refused = 0;
    for (let round = 0; round < 20; round++) {
      const root = temporaryDirectory();
      const results = await Promise.all([first, second].map((form) => begin(prepare(form, root)).ended));
      for (const result of results.filter(({ status }) => status !== 0)) {
        expectRefusal(result, { status: 3, says: /^error: (another kubeadm-ha is at work here|cannot lock)/ });
        refused += 1;
      }
      expect(results.map(({ status }) => status)).toContain(0);
      expect(outcome(root)).toEqual(usual);
    }
    process.stdout.write(`${first.name} and ${second.name}: ${refused} of 20 refused\n`);
  });
});

interface Running {
  readonly ended: Promise<Result>;
  readonly printed: ReturnType<typeof collect>;
  signal(name: NodeJS.Signals, whom: "process" | "group"): void;
}

/** Starts a command as a terminal does, in a process group of its own. */
function begin(argv: readonly string[], env = environment): Running {
  const [file = "", ...words] = argv;
  const child = spawn(file, words, { env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${file} cannot be started`);
  const printed = collect(child);
  const ended = new Promise<Result>((resolve, reject) =>
    child
      .once("error", reject)
      .once("close", (status) => resolve({ status, stdout: printed.stdout(), stderr: printed.stderr() })),
  );
  const signal = (name: NodeJS.Signals, whom: "process" | "group"): void => {
    if (child.exitCode === null && child.signalCode === null) process.kill(whom === "group" ? -pid : pid, name);
  };
  onTestFinished(() => signal("SIGKILL", "group"));
  return { ended, printed, signal };
}

/** An environment in which a run waits when it asks for the sockets of the machine. */
function pausing(): { readonly env: NodeJS.ProcessEnv; letGo(): void; reached(): Promise<unknown> } {
  const directory = temporaryDirectory();
  const [here, go] = [path.join(directory, "here"), path.join(directory, "go")];
  const ss = path.join(directory, "ss");
  writeFileSync(ss, `#!/bin/sh\n: >${here}\nuntil [ -e ${go} ]; do sleep 0.05; done\n`);
  chmodSync(ss, 0o755);
  return {
    env: { ...environment, PATH: `${directory}:${environment["PATH"]}` },
    letGo: () => writeFileSync(go, ""),
    reached: () => eventually("it asks for sockets", 10, () => existsSync(here) || undefined),
  };
}

/** An environment in which a signal comes with every rename. */
function interruptingRenames(): NodeJS.ProcessEnv {
  const directory = temporaryDirectory();
  const mv = path.join(directory, "mv");
  writeFileSync(mv, `#!/bin/sh\nkill -TERM $PPID\nPATH=\${PATH#*:}\nexec mv "$@"\n`);
  chmodSync(mv, 0o755);
  return { ...environment, PATH: `${directory}:${environment["PATH"]}` };
}

/** The node in a cluster at whose endpoint nobody says a word. */
async function silentEndpoint(): Promise<Preparation> {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const file = path.join(mkdtempSync(path.join(scripts, "silent-")), "ha.yaml");
  const text = readFileSync(node.file, "utf8").replace("port: 8443", `port: ${port}`);
  writeFileSync(file, text.replace("virtualIP:", `controlPlaneEndpoint: 127.0.0.1\nvirtualIP:`));
  return { ...node, file };
}
