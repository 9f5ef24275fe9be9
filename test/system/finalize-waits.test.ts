import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";

import { beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";

import { finalize as inThisProcess } from "../../src/operate/finalize.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { inCheckout, startHost } from "./lab/host.ts";
import { kubectlStub } from "./lab/kubeadm-stub.ts";
import { read, type Result, write } from "./lab/space.ts";
import {
  finalize,
  finalizerNames,
  finalizers,
  kubeVip,
  manifest,
  preparedNode,
  state,
  stub,
} from "./support/finalizing.ts";
import { runCommand } from "./support/preparing.ts";
import { requireSystem } from "./support/programs.ts";
import { differences } from "./support/reset.ts";
import { treeOf } from "./support/tree.ts";

// Without its role admin.conf could not renew the lease, and the virtual IP would be given up.

const scripts = finalizerNames.filter((name) => name.startsWith("finalize.sh"));
const notYet = "error: /etc/kubernetes/admin.conf may not read leases yet; nothing was changed\n";
const forbidden = `echo 'Error from server (Forbidden): leases.coordination.k8s.io is forbidden' >&2`;

beforeAll(requireSystem);

describe.each(["in this process", ...scripts] as const)("%s", (how) => {
  it("waits while kubectl is told Forbidden", async () => {
    const root = await node();
    const { status, stdout, stderr, asked, slept } = await waiting(how, root, 7);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `[finalize] Writing "${manifest}"\n`, stderr: "" });
    expect(new Set(asked)).toEqual(
      new Set([
        `--kubeconfig ${root}/etc/kubernetes/admin.conf --request-timeout 5s --namespace kube-system get leases`,
      ]),
    );
    expect([asked.length, slept]).toEqual([8, 7]);
    expect(treeOf(root)[manifest]).not.toContain("path: /etc/kubernetes/super-admin.conf");
  });

  it("gives up after a minute, and nothing is changed", async () => {
    const root = await node();
    const before = treeOf(root, { times: true });
    const { status, stdout, stderr, asked, slept } = await waiting(how, root, 1000);
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: "", stderr: notYet });
    expect([asked.length, slept]).toEqual([60, 59]);
    expect(differences(before, treeOf(root, { times: true }))).toEqual({});
  });
});

it("kubeadm-ha finalize waits a second between two questions", async () => {
  const root = await node();
  const asked = path.join(temporaryDirectory(), "asked");
  const kubectl = `date +%s.%N >>${asked}; [ $(wc -l <${asked}) -gt 1 ]`;
  expect(await finalize("kubeadm-ha finalize", root, [], { kubectl })).toMatchObject({ status: 0, stderr: "" });
  const [first = 0, second = 0] = readFileSync(asked, "utf8").split("\n").map(Number);
  expect(second - first).toBeGreaterThan(0.99);
});

describe.each(finalizerNames)("%s", (how) => {
  it("asks nobody with --no-wait, nor where nothing is to change", async () => {
    const root = await node();
    const kubectl = `echo asked >&2; exit 1`;
    for (const options of [["--no-wait"], []])
      expect(await finalize(how, root, options, { kubectl })).toMatchObject({ status: 0, stderr: "" });
  });

  it("does nothing while another run is at work", async () => {
    const root = await node();
    const holder = spawn("flock", [path.join(root, "run/kubeadm-ha/lock"), "cat"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    holder.stdin.write("held");
    await once(holder.stdout, "data");
    const before = treeOf(root, { times: true });
    const result = await finalize(how, root, ["--no-wait"]);
    holder.stdin.end();
    await once(holder, "close");
    expect(result).toEqual({
      status: 3,
      stdout: "",
      stderr: 'error: another kubeadm-ha is at work here ("/run/kubeadm-ha/lock")\n',
    });
    expect(differences(before, treeOf(root, { times: true }))).toEqual({});
  });

  it("ends when the state cannot be written, and nothing is changed", async () => {
    const root = await node();
    const before = treeOf(root, { times: true });
    const argv = [...finalizers[how](root), "--rootfs", root, "--no-wait"];
    const line = 'mount --bind "$0" "$0"; mount -o remount,bind,ro "$0"; exec "$@"';
    const full = ["unshare", "--mount", "sh", "-ec", line, path.join(root, "etc/kubeadm-ha"), ...argv];
    const { status, stdout, stderr } = await runCommand(full);
    expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
    expect(stderr).toMatch(/^error: cannot write .*\n$/);
    expect(differences(before, treeOf(root, { times: true }))).toEqual({});
  });
});

it.each(["kubeadm-ha finalize", "sh /etc/kubeadm-ha/finalize.sh"])("%s on the node itself", async (command) => {
  const host = await startHost();
  onTestFinished(() => host.stop());
  const config = inCheckout("manifests/kube-vip/ha.yaml");
  expect((await host.shell(`kubeadm-ha prepare --config ${config} --kubernetes-version v1.34.10 --init`)).status).toBe(
    0,
  );
  const before = host.tree();
  expect(await host.shell(command)).toEqual({
    status: 3,
    stdout: "",
    stderr: "error: there is no kubectl here to ask whether admin.conf has its rights; --no-wait goes on without\n",
  });
  expect(differences(before, host.tree())).toEqual({});
  write(host.space, { path: "/usr/bin/kubectl", text: kubectlStub(1), mode: 0o755 });
  expect(await host.shell(command)).toMatchObject({ status: 0, stdout: `[finalize] Writing "${manifest}"\n` });
  expect(Object.keys(differences(before, host.tree()))).toEqual([state, manifest]);
  expect(
    read(host.space, "/run/lab/kubectl")
      ?.split("\n")
      .filter((line) => line.includes("--kubeconfig /etc/kubernetes/admin.conf ")),
  ).toHaveLength(2);
});

async function node(): Promise<string> {
  return (await preparedNode(kubeVip("v1.34.10")))();
}

interface Waited extends Result {
  readonly asked: readonly string[];
  readonly slept: number;
}

/** Finalizes while kubectl is refused so many times; time passes at once. */
async function waiting(how: string, root: string, refusals: number): Promise<Waited> {
  const directory = temporaryDirectory();
  const [asked, slept] = [path.join(directory, "asked"), path.join(directory, "slept")];
  const kubectl = `echo "$*" >>${asked}\n[ "$(wc -l <${asked})" -gt ${refusals} ] || { ${forbidden}; exit 1; }`;
  const lines = (file: string): readonly string[] =>
    (treeOf(directory)[`/${path.basename(file)}`] ?? "").split("\n").slice(1, -1);
  const script = scripts.find((name) => name === how);
  if (script !== undefined) {
    const result = await finalize(script, root, [], { kubectl, sleep: `echo "$*" >>${slept}` });
    expect(new Set(lines(slept))).toEqual(new Set(["1"]));
    return { ...result, asked: lines(asked), slept: lines(slept).length };
  }
  stub(path.join(directory, "bin"), "kubectl", kubectl);
  vi.stubEnv("PATH", `${directory}/bin:${process.env["PATH"]}`);
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const timer = vi.spyOn(globalThis, "setTimeout");
  try {
    const result = { status: -1, stdout: "", stderr: "" };
    const io = {
      out: (text: string) => void (result.stdout += text),
      err: (text: string) => void (result.stderr += text),
      read: () => "",
      exists: () => false,
    };
    const run = inThisProcess({ root, wait: true }, io).then(
      (status) => (result.status = status),
      (error: Error & { exitCode: number }) => {
        result.status = error.exitCode;
        result.stderr += `error: ${error.message}\n`;
      },
    );
    while (result.status < 0) {
      await new Promise((resolve) => setImmediate(resolve));
      await vi.advanceTimersByTimeAsync(1000);
    }
    await run;
    const seconds = timer.mock.calls.filter(([, milliseconds]) => milliseconds === 1000);
    return { ...result, asked: lines(asked), slept: seconds.length };
  } finally {
    timer.mockRestore();
    vi.useRealTimers();
    vi.unstubAllEnvs();
  }
}
