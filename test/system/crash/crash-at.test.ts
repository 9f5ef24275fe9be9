import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";

import { beforeAll, describe, expect, it, onTestFinished } from "vitest";

import { temporaryDirectory } from "../../support/temporary.ts";
import { environment } from "../lab/space.ts";
import { eventually } from "../lab/wait.ts";
import { buildCrashAt, type CrashRun, crashAt } from "./crash.ts";

beforeAll(() => {
  buildCrashAt();
});

describe("a step", () => {
  it("is a change of a file, not what is read or goes to a pipe or device", async () => {
    const { steps, stdout } = await sh("cat /etc/passwd | head -n 1; echo x >&2");
    expect({ steps, stdout }).toEqual({ steps: 0, stdout: expect.stringContaining("root") });
  });

  it("counts below the given directories only, however the path is given", async () => {
    const top = temporaryDirectory();
    for (const name of ["in", "inside", "out"]) mkdirSync(path.join(top, name));
    symlinkSync(path.join(top, "in"), path.join(top, "out/link"));
    const script = `
      mkdir out/a inside/a
      mkdir in/a
      mkdir ${top}/out/link/b
      cd out; mkdir ../in/c/; cd link; mkdir -p d/e; mkdir ../out/no; mkdir ${top}/in/../out/f
      mv a ../out/g; ln -s x s; rm -r d
      chmod 700 .
      exec 3>>h; cd /; echo x >&3; sync`;
    const { trace, stderr } = await sh(script, { cwd: top, below: [path.join(top, "in")] });
    expect({ trace: trace.map((line) => line.replaceAll(top, "")), stderr }).toEqual({
      trace: [
        "mkdir /in/a",
        "mkdir /in/b",
        "mkdir /in/c",
        "mkdir /in/d",
        "mkdir /in/d/e",
        "renameat2 /in/a /out/g",
        "symlinkat /in/s",
        "unlinkat /in/d/e",
        "unlinkat /in/d",
        "fchmodat /in/.",
        "openat /in/h",
        "write /in/h",
        "sync",
      ],
      stderr: "",
    });
  });

  it("is found in other namespaces and root directories", async () => {
    const top = temporaryDirectory();
    const script = `
      mount -t tmpfs none "$0"; mkdir "$0/root"; mount --bind / "$0/root"
      ln -s / "$0/slash"
      chroot "$0/root" ln -s "$0" "$0/here"
      chroot "$0/root" mkdir "$0/here/a"`;
    const { trace } = await crashAt({ step: 0, argv: ["unshare", "--mount", "sh", "-ec", script, top], below: [top] });
    expect(trace.map((line) => line.replaceAll(top, "T"))).toEqual([
      "mkdir T/root",
      "symlinkat T/slash",
      "symlinkat T/rootT/here",
      "mkdir T/rootT/a",
    ]);
  });
});

describe("a program", () => {
  it.each([
    ["exit 0", 0],
    ["exit 3", 3],
    ["kill -TERM $$", 143],
    ["kill -KILL $$", 137],
    ["exec /no/such/program", 127],
    ["exec /etc/passwd", 126],
  ])("that ends with `%s` has this status, %i", async (script, status) => {
    expect(await sh(script)).toMatchObject({ status, killed: false });
  });

  it.each([
    ["/no/such/program", 127],
    ["/etc/passwd", 126],
  ])("that is %s cannot be started", async (program, status) => {
    expect(await crashAt({ step: 1, argv: [program] })).toMatchObject({ status, killed: false, steps: 0 });
  });

  it("ends by itself when it has fewer steps", async () => {
    const directory = temporaryDirectory();
    expect(await sh("mkdir a b; exit 4", { cwd: directory, step: 3 })).toMatchObject({
      status: 4,
      killed: false,
      steps: 2,
    });
  });

  it.each([["sh"], ["bash"], ["bash", "--posix"], ["busybox", "sh"]])(
    "reads a script from a pipe, for example as %s",
    async (...shell) => {
      const script = `[ -p /dev/stdin ] && exit 9; ${"#".repeat(200_000)}`;
      const run = await crashAt({ step: 0, argv: shell, input: script });
      expect(run).toMatchObject({ status: 9, stdout: "", stderr: "" });
    },
  );

  it("has its input, its environment, its signals and its stops", async () => {
    const script = `
      read -r line; echo "$line $NAME"
      trap 'echo caught' USR1; kill -USR1 $$
      sh -c 'kill -STOP $$; echo goes on' & sleep 0.5
      grep State "/proc/$!/status"; kill -CONT $!; wait $!`;
    const { stdout } = await sh(script, { input: "input\n", env: { ...environment, NAME: "name" } });
    expect(stdout).toBe("input name\ncaught\nState:\tt (tracing stop)\ngoes on\n");
  });
});

describe("the kill", () => {
  it("leaves no process and no zombie, and hits nobody else", async () => {
    const other = spawn("sleep", ["60"]);
    onTestFinished(() => void other.kill());
    const mark = randomUUID();
    // A daemon, an orphan in its own session, one that ignores signals, threads, a program that a thread has started.
    const script = `
      sleep 300 & setsid sleep 300 & (setsid sh -c 'trap "" TERM HUP INT; sleep 300; :' &)
      "$NODE" -e 'new (require("node:worker_threads").Worker)("require(\\"node:child_process\\").execFileSync(\\"sleep\\",[\\"300\\"])",{eval:true})' &
      "$NODE" -e 'setInterval(() => require("node:child_process").execFileSync("true"), 1)' &
      until [ "$(echo "$found" | wc -l)" -ge 10 ]; do found=$(grep -lz "$MARK" /proc/[0-9]*/environ); done
      echo "$found"; mkdir d`;
    const directory = temporaryDirectory();
    const run = await sh(script, {
      cwd: directory,
      below: [directory],
      step: 1,
      env: { ...environment, MARK: mark, NODE: process.execPath },
    });
    expect(run).toMatchObject({ killed: true, status: 137, steps: 0, trace: [`mkdir ${directory}/d`] });
    expect(readdirSync(directory)).toEqual([]);
    const found = run.stdout.trimEnd().split("\n").map(path.dirname);
    expect(found.length).toBeGreaterThan(9);
    expect(found.filter((entry) => existsSync(entry))).toEqual([]);
    expect(marked(mark)).toEqual([]);
    expect(other).toMatchObject({ exitCode: null, signalCode: null });
  });

  it("also ends what still runs when the command ends", async () => {
    const mark = randomUUID();
    const run = await sh("setsid sleep 300 & exit 5", { env: { ...environment, MARK: mark } });
    expect(run).toMatchObject({ killed: false, status: 5 });
    expect(marked(mark)).toEqual([]);
  });

  it("also ends everything when the time is over", async () => {
    const mark = randomUUID();
    const run = sh("setsid sleep 300 & sleep 300", { env: { ...environment, MARK: mark }, limitSeconds: 1 });
    await expect(run).rejects.toThrow("not within 1 s");
    await eventually("nothing is left", 2, () => (marked(mark).length === 0 ? true : undefined));
  });
});

function sh(script: string, options: Partial<Parameters<typeof crashAt>[0]> = {}): Promise<CrashRun> {
  return crashAt({ step: 0, argv: ["sh", "-c", script], ...options });
}

/** The processes with this text in their environment. */
function marked(mark: string): readonly string[] {
  return readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && environmentOf(pid).includes(mark));
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8");
  } catch {
    // It has ended meanwhile.
    return "";
  }
}
