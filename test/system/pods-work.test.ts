import { readFileSync } from "node:fs";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type Lab, type LabMachine, startLab } from "./lab/lab.ts";
import { type Node, startNode } from "./lab/node.ts";
import { type Pod, startPod } from "./lab/pod.ts";
import { childrenOf } from "./lab/process.ts";
import { write } from "./lab/space.ts";
import { eventually } from "./lab/wait.ts";
import { threeNodes } from "./support/configurations.ts";
import { requireSystem } from "./support/programs.ts";
import { labPlan, render } from "./support/render.ts";

beforeAll(requireSystem);

describe("the lab gives a container what its manifest says and nothing else", () => {
  let node: Node;
  beforeAll(async () => {
    node = await startNode({ name: "cp1", port: { interface: "eth0", addresses: ["192.168.10.11/24"] }, files: [] });
    write(node.space, { path: "/etc/kubeadm-ha/mounted/file", text: "mounted\n" });
    write(node.space, { path: "/etc/kubeadm-ha/other/file", text: "other\n" });
  });
  afterAll(() => node.stop());

  it.each([
    ["capabilities", "grep CapBnd /proc/self/status", /^CapBnd:\s+0000000000002020$/],
    ["no way to more of them", "grep NoNewPrivs /proc/self/status", /^NoNewPrivs:\s+1$/],
    [
      "a root that cannot be written",
      "for d in / /etc /etc/kubeadm-ha /run /tmp; do touch $d/x 2>/dev/null && echo written $d; done; echo end",
      /^end$/,
    ],
    ["its volumes", "cat /etc/kubeadm-ha/mounted/file", /^mounted$/],
    ["a read-only volume", "touch /etc/kubeadm-ha/mounted/x 2>&1", /Read-only file system$/],
    ["none of the node's other files", "ls /etc/kubeadm-ha", /^mounted$/],
    ["memory to write to", "touch /cache/x && echo written", /^written$/],
    ["process numbers of its own", "echo $$", /^1$/],
    ["the node's network", "ip -brief address show eth0", /192\.168\.10\.11\/24/],
  ])("%s", async (_, command, printed) => {
    const pod = await startPod(node.space, manifest(`${command.replace("/cache", "/mnt/cache")}; exec sleep 60`));
    const text = await eventually("it prints", 5, () => pod.log().trim() || undefined);
    pod.kill("SIGKILL");
    expect(text).toMatch(printed);
  });
});

describe("haproxy in its pod", () => {
  let lab: Lab;
  let holder: LabMachine;
  let url = "";
  beforeAll(async () => {
    const plan = labPlan(render(threeNodes("ipv4", { virtualIP: "keepalived", loadBalancer: "haproxy" })));
    lab = await startLab(plan);
    holder = await lab.untilHolder(undefined, 10);
    url = `https://${plan.endpoint.host}:${plan.endpoint.port}/version`;
  });
  afterAll(() => lab.stop());

  it("works as user 99", () => {
    expect(workers(haproxy(holder)).map(userOf)).toEqual(["99"]);
  });

  it("is reloaded without a failed request, without a move of the virtual IP, and its old worker ends", async () => {
    const before = workers(haproxy(holder));
    const asking = Promise.all([1, 2].map(() => lab.client.askTimes(url, 100)));
    haproxy(holder).kill("SIGUSR2");
    const answers = (await asking).flat();
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    const now = await eventually("one worker is left", 5, () =>
      workers(haproxy(holder)).length === 1 ? workers(haproxy(holder)) : undefined,
    );
    expect(now).not.toEqual(before);
    expect(await lab.holders()).toEqual([holder.name]);
    expect(holder.pods["keepalived"]?.log()).not.toContain("FAULT");
  });

  it("ends when the kubelet asks it to, before the kubelet would kill it", async () => {
    haproxy(holder).kill("SIGTERM");
    await eventually("it has ended", 25, () => (haproxy(holder).running() ? undefined : true));
    expect((await lab.untilHolder(undefined, 5)).name).not.toBe(holder.name);
  });
});

function haproxy(machine: LabMachine): Pod {
  const pod = machine.pods["haproxy"];
  if (pod === undefined) throw new Error(`no haproxy on ${machine.name}`);
  return pod;
}

function workers(pod: Pod): readonly number[] {
  return childrenOf(pod.pid() ?? 0);
}

function userOf(pid: number): string | undefined {
  return /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
}

function manifest(script: string): string {
  const container = {
    name: "test",
    image: "test",
    command: ["sh", "-c", script],
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"], add: ["NET_RAW", "KILL"] },
    },
    volumeMounts: [
      { name: "config", mountPath: "/etc/kubeadm-ha/mounted", readOnly: true },
      { name: "cache", mountPath: "/mnt/cache" },
    ],
  };
  const volumes = [
    { name: "config", hostPath: { path: "/etc/kubeadm-ha/mounted", type: "Directory" } },
    { name: "cache", emptyDir: { medium: "Memory" } },
  ];
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "test" },
    spec: { hostNetwork: true, containers: [container], volumes },
  });
}
