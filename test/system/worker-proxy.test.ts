import { readFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { probeOutputReader } from "../../src/probe/read-output.ts";
import type { RequestSample } from "../../src/probe/sample.ts";
import type { ProbeSettings } from "../../src/probe/settings.ts";
import type { ApiServerSettings } from "../../src/rehearse/api-server/settings.ts";
import { helperFiles, helpersDirectory } from "../../src/rehearse/helpers.ts";
import { proxiedWorker } from "./support/configurations.ts";
import { fileText, render, type Rendered } from "./support/render.ts";
import { makeCertificates } from "./lab/member.ts";
import { createNetwork } from "./lab/network.ts";
import { type Node, type NodeFile, startNode } from "./lab/node.ts";
import type { Pod } from "./lab/pod.ts";
import { collect, signal } from "./lab/process.ts";
import { enter, inside, mustRun, read, start, write } from "./lab/space.ts";
import { eventually } from "./lab/wait.ts";
import { oracle, requireSystem } from "./support/programs.ts";
import { builtProgram } from "../support/built.ts";
import buildProgram from "../support/build-program.ts";

// A worker with its proxy and three API servers, in namespaces of this machine.
const ca = "/etc/kubernetes/pki/ca.crt";
const forms = {
  haproxy: { config: "/etc/kubeadm-ha/haproxy/worker-proxy.cfg", reload: "SIGUSR2", user: 99 },
  nginx: { config: "/etc/kubeadm-ha/nginx/worker-proxy.conf", reload: "SIGHUP", user: 101 },
} as const;

describe.each(["haproxy", "nginx"] as const)("worker proxy with %s", (provider) => {
  const form = forms[provider];
  const configuration = proxiedWorker(provider, "192.168.10.21");
  const rendered = rendering(configuration);
  const parts: { stop(): Promise<void> }[] = [];
  const members: Record<string, { kill(): void }> = {};
  let worker: Node;
  let proxy: Pod;

  beforeAll(async () => {
    requireSystem();
    buildProgram();
    const network = await createNetwork();
    parts.unshift(network);
    const machines: Node[] = [];
    for (const { node, files } of rendered.nodes) {
      const addresses = node.addresses.map(({ text }) => `${text}/24`);
      const machine = await startNode(
        { name: node.name, port: { interface: "eth0", addresses }, files: files.map(runnable) },
        network,
      );
      parts.unshift(machine);
      machines.push(machine);
    }
    const controlPlane = machines.filter(({ name }) => name.startsWith("cp"));
    const text = await makeCertificates(controlPlane, oracle("kubeadm-v1.36.3"));
    for (const node of controlPlane) members[node.name] = await startApiServer(node);
    const found = machines.find(({ name }) => name === "worker1");
    if (found === undefined) throw new Error("no worker");
    worker = found;
    write(worker.space, { path: ca, text });
    proxy = await worker.startPod("kubeadm-ha-proxy");
  });

  afterAll(() => Promise.all(parts.map((part) => part.stop())));

  it(`${provider} works as the image's user without any capability`, async () => {
    // Until the container's first process has become the proxy it is the shell that mounts its volumes.
    const status = await eventually(`${provider} runs`, 20, () => {
      expect(proxy.running(), proxy.log()).toBe(true);
      const text = readFileSync(`/proc/${String(proxy.pid())}/status`, "utf8");
      return new RegExp(`^Name:\\t${provider}$`, "m").test(text) ? text : undefined;
    });
    expect(status).toMatch(new RegExp(`^Uid:(\\t${form.user}){4}$`, "m"));
    for (const set of ["Inh", "Prm", "Eff", "Bnd", "Amb"]) expect(status).toMatch(new RegExp(`^Cap${set}:\\t0+$`, "m"));
  });

  it("the script leads the kubelet to it, once an API server answers through the proxy, and back", async () => {
    const conf = "/etc/kubernetes/kubelet.conf";
    const before = "clusters:\n- cluster:\n    server: https://api.example.com:6443\n  name: default\n";
    write(worker.space, { path: conf, text: before });
    // The kubelet itself is not here.
    write(worker.space, { path: "/run/bin/systemctl", text: '#!/bin/sh\necho "$*" >>/run/asked\n', mode: 0o755 });
    const script = ["env", "PATH=/run/bin:/usr/bin:/bin", "sh", "/etc/kubeadm-ha/use-worker-proxy.sh"];
    for (const _ of [1, 2]) await mustRun(worker.space, script, { limitSeconds: 90 });
    expect(read(worker.space, conf)).toBe(before.replace("https://api.example.com:6443", "https://127.0.0.1:6443"));
    expect(read(worker.space, "/run/asked")).toBe("restart kubelet\n");
    for (const _ of [1, 2]) await mustRun(worker.space, [...script, "--undo"]);
    expect(read(worker.space, conf)).toBe(before);
    expect(read(worker.space, "/run/asked")).toBe("restart kubelet\nrestart kubelet\n");
  });

  it("the list follows ha.yaml, by a reload that fails no request", async () => {
    const shorter = configuration.replace(/- \{name: cp3,.*\n/, "");
    for (const [text, members] of [
      [shorter, ["cp1", "cp2"]],
      [configuration, ["cp1", "cp2", "cp3"]],
    ] as const) {
      const samples = await probing(async (sofar) => {
        const config = rendering(text).nodes.flatMap((node) => fileText(node, form.config) ?? [])[0];
        write(worker.space, runnable({ path: form.config, mode: 0o644, text: config ?? "" }));
        proxy.kill(form.reload);
        await eventually("the new list is used", 30, () => {
          const last = sofar()
            .filter(({ kind }) => kind === "fresh")
            .slice(-12);
          return (last.length === 12 && membersOf(last) === members.join()) || undefined;
        });
      });
      expect(samples.filter(({ outcome }) => outcome !== "answered")).toEqual([]);
    }
  });

  it("all API servers but one die: at most two requests fail", async () => {
    const samples = await probing(async (sofar) => {
      for (const name of ["cp1", "cp2"]) members[name]?.kill();
      const before = sofar().length;
      await eventually("one is left", 30, () => {
        const last = sofar().slice(before).slice(-20);
        return (last.length === 20 && membersOf(last) === "cp3") || undefined;
      });
    });
    const failed = samples.filter(({ outcome }) => outcome !== "answered");
    expect(samples.length).toBeGreaterThan(20);
    expect(failed.length, JSON.stringify(failed)).toBeLessThanOrEqual(2);
    expect(membersOf(samples.slice(-10))).toBe("cp3");
  });

  /** Clients like a kubelet during an action: fresh connections, and one that is kept. */
  async function probing(
    action: (samples: () => readonly RequestSample[]) => Promise<void>,
  ): Promise<readonly RequestSample[]> {
    const settings: ProbeSettings = {
      url: "https://127.0.0.1:6443",
      ca: inside(worker.space, ca),
      rate: 10,
      kept: 1,
      watches: 0,
      idle: false,
    };
    const samples: RequestSample[] = [];
    const child = enter(worker.space, ["--net"], [process.execPath, helper("probe"), JSON.stringify(settings)]);
    child.stdout
      ?.setEncoding("utf8")
      .on("data", probeOutputReader({ sample: (sample) => "outcome" in sample && samples.push(sample) }));
    const answered = (count: number): Promise<unknown> =>
      eventually("requests are answered", 20, () => samples.length >= count || undefined);
    try {
      await answered(10);
      await action(() => samples);
      await answered(samples.length + 20);
    } finally {
      child.stdin?.end();
    }
    return samples;
  }
});

/** nginx's image has the stream module built in, Debian's package has it beside. */
function runnable(file: NodeFile): NodeFile {
  if (file.path !== forms.nginx.config) return file;
  return { ...file, text: `load_module /usr/lib/nginx/modules/ngx_stream_module.so;\n${file.text}` };
}

function membersOf(samples: readonly RequestSample[]): string {
  return [...new Set(samples.map(({ member }) => member))].toSorted().join();
}

/** One that speaks HTTP/2, as clients that keep a connection want it. */
async function startApiServer({ name, space }: Node): Promise<{ kill(): void }> {
  const pki = "/etc/kubernetes/pki";
  const settings: ApiServerSettings = {
    name,
    port: 6443,
    certificate: `${pki}/apiserver.crt`,
    key: `${pki}/apiserver.key`,
    shutdownDelay: 0,
  };
  const child = start(space, [process.execPath, helper("apiServer"), JSON.stringify(settings)]);
  const { stdout, stderr } = collect(child);
  await eventually(`the API server of ${name} listens`, 20, () => {
    if (child.exitCode !== null) throw new Error(`the API server of ${name} ended at once: ${stderr()}`);
    return stdout().includes("ready") || undefined;
  });
  return { kill: () => signal(child, 1, "SIGKILL") };
}

function helper(name: keyof typeof helperFiles): string {
  return join(helpersDirectory(builtProgram), helperFiles[name]);
}

function rendering(text: string): Rendered {
  return render({ name: "worker proxy", text, kubeadm: () => undefined });
}
