import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";

import { type Host, inCheckout, startHost } from "./lab/host.ts";
import { type Lab, type LabMachine, startLab } from "./lab/lab.ts";
import { programs } from "./lab/machine.ts";
import { collect, signal } from "./lab/process.ts";
import { mustRun, run, type Space, start } from "./lab/space.ts";
import { eventually } from "./lab/wait.ts";
import { familyNames, threeNodes } from "./support/configurations.ts";
import { requireSystem } from "./support/programs.ts";
import { fileText, labPlan, render, type Rendered } from "./support/render.ts";

// Port 6443 of the virtual IP leads to haproxy on 8443, with API servers that listen on 6443 of every address:
// who is led past haproxy reaches that of one node only.
const unit = "/etc/systemd/system/kubeadm-ha-redirect.service";

describe.each(familyNames)("redirect, %s", (family) => {
  let rendered: Rendered;
  let lab: Lab;
  let redirects: Readonly<Record<string, Service>>;
  const urls = (): readonly string[] =>
    rendered.spec.virtualIP.addresses.map(({ text }) => `https://${text.includes(":") ? `[${text}]` : text}:6443`);

  beforeAll(async () => {
    requireSystem();
    const { text, ...rest } = threeNodes(family, { virtualIP: "keepalived", loadBalancer: "haproxy" });
    const changed = text.replace("provider: haproxy", "provider: haproxy, port: 8443, redirectFrom: 6443");
    rendered = render({ ...rest, text: changed });
    lab = await startLab(labPlan(rendered));
    const services = lab.nodes.map((node) => [node.name, startService(node, rendered)] as const);
    redirects = Object.fromEntries(services);
    await eventually("all nodes redirect", 20, async () => {
      const rules = await Promise.all(lab.nodes.map(({ space }) => rulesOf(space)));
      return rules.every(({ length }) => length > 0) || undefined;
    });
  });
  afterAll(() => lab.stop());

  it("the endpoint is the virtual IP's port 6443", () => {
    expect(rendered.spec.endpoint.port).toBe(6443);
  });

  it("clients outside, on the holder and on the other nodes reach all API servers at 6443", async () => {
    await lab.untilHolder(undefined, 10);
    for (const url of urls()) {
      const answers = await lab.client.askTimes(`${url}/version`, 12);
      expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
      expect(new Set(answers.map(({ member }) => member))).toEqual(new Set(["cp1", "cp2", "cp3"]));
      for (const { name, space } of lab.nodes)
        expect(await membersFrom(space, url), name).toEqual(new Set(["cp1", "cp2", "cp3"]));
    }
  });

  it("a node's own address still leads to its own API server", async () => {
    // The one that its certificate has.
    const [address] = rendered.spec.nodes.find(({ name }) => name === "cp2")?.addresses ?? [];
    const host = address?.family === 6 ? `[${address.text}]` : address?.text;
    const answers = await lab.client.askTimes(`https://${host}:6443/version`, 4);
    expect(new Set(answers.map(({ member }) => member))).toEqual(new Set(["cp2"]));
  });

  it("the rules go with the service, and with one that was killed", async () => {
    const [node] = lab.nodes;
    const service = redirects[node?.name ?? ""];
    if (node === undefined || service === undefined) throw new Error("no node");
    for (const how of ["SIGTERM", "SIGKILL"] as const) {
      await service.stop(how);
      expect(await mustRun(node.space, ["nft", "list", "ruleset"]), how).toBe("");
      service.start();
      await eventually("it redirects again", 10, async () => (await rulesOf(node.space)).length > 0 || undefined);
    }
  });

  it("a firewall that flushes everything is followed by the rules again", async () => {
    const [node] = lab.nodes;
    if (node === undefined) throw new Error("no node");
    await mustRun(node.space, ["nft", "flush", "ruleset"]);
    await eventually("the rules are back", 30, async () => (await rulesOf(node.space)).length > 0 || undefined);
  });

  it("haproxy dies: the rules go, the address moves, and clients are answered at 6443", async () => {
    const holder = await lab.untilHolder(undefined, 10);
    holder.pods["haproxy"]?.kill("SIGKILL");
    await eventually("the rules are gone", 10, async () => (await rulesOf(holder.space)).length === 0 || undefined);
    await eventually("the address moves", 10, async () => {
      const holders = await lab.holders();
      return (holders.length === 1 && holders[0] !== holder.name) || undefined;
    });
    for (const url of urls()) {
      await lab.client.untilAnswered(`${url}/version`, 10);
      const answers = await lab.client.askTimes(`${url}/version`, 12);
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      expect(new Set(answers.map(({ member }) => member))).toEqual(new Set(["cp1", "cp2", "cp3"]));
    }
  });
});

it("beside a kube-vip that asks no balancer: while haproxy is dead its node's own API server answers", async () => {
  requireSystem();
  const { text, ...rest } = threeNodes("ipv4", { virtualIP: "keepalived", loadBalancer: "haproxy" });
  const rendered = render({
    ...rest,
    text: text.replace("provider: haproxy", "provider: haproxy, redirectFrom: 6443"),
  });
  // Without keepalived: the address stays where it is, as kube-vip leaves it.
  const lab = await startLab({ ...labPlan(rendered), pods: ["haproxy"] });
  onTestFinished(() => lab.stop());
  const [holder] = lab.nodes;
  if (holder === undefined) throw new Error("no node");
  await mustRun(holder.space, ["ip", "addr", "add", "192.168.10.100/32", "dev", "eth0"]);
  startService(holder, rendered);
  await eventually("it redirects", 10, async () => (await rulesOf(holder.space)).length > 0 || undefined);
  const url = "https://192.168.10.100:6443/version";
  expect(new Set((await lab.client.askTimes(url, 12)).map(({ member }) => member)).size).toBe(3);
  holder.pods["haproxy"]?.kill("SIGKILL");
  await lab.client.untilAnswered(url, 10);
  const answers = await lab.client.askTimes(url, 6);
  expect(answers.map(({ member }) => member)).toEqual(Array(6).fill(holder.name));
});

it("reset leaves nothing of it", async () => {
  requireSystem();
  const host = await startHost();
  onTestFinished(() => host.stop());
  await supervised(host);
  const config = inCheckout("manifests/redirect/ha.yaml");
  const before = await host.shell("nft list ruleset; ls /etc/systemd/system");
  const prepared = await host.shell(`kubeadm-ha prepare --config ${config} --init --ignore-preflight-errors all`);
  expect(prepared.status, prepared.stderr).toBe(0);
  expect(prepared.stdout).toContain('Starting "kubeadm-ha-redirect.service"');
  await eventually("it redirects", 10, async () => (await rulesOf(host.space)).length > 0 || undefined);
  const reset = await host.shell("kubeadm-ha reset --force");
  expect(reset.status, reset.stderr).toBe(0);
  expect(await host.shell("nft list ruleset; ls /etc/systemd/system")).toEqual(before);
  expect(await host.shell("pgrep -f '[r]edirect.sh'")).toMatchObject({ status: 1 });
  expect(await host.shell("ls -A /etc/kubeadm-ha")).toMatchObject({ stdout: "" });
});

interface Service {
  start(): void;
  stop(how: "SIGTERM" | "SIGKILL"): Promise<void>;
}

/** The unit as systemd runs it: its ExecStart, and its ExecStopPost however that ends. */
function startService({ name, space }: LabMachine, { nodes }: Rendered): Service {
  const node = nodes.find((one) => one.node.name === name);
  const text = node === undefined ? "" : (fileText(node, unit) ?? "");
  const [command = ""] = [...text.matchAll(/^ExecStart=(.*)$/gm)].map(([, line]) => line);
  const after = [...text.matchAll(/^ExecStopPost=-(.*)$/gm)].map(([, line = ""]) => line);
  let child = start(space, command.split(" "));
  collect(child);
  return {
    start: () => {
      child = start(space, command.split(" "));
      collect(child);
    },
    stop: async (how) => {
      const ended = new Promise((resolve) => child.once("close", resolve));
      signal(child, 1, how);
      await ended;
      for (const line of after) await run(space, line.split(" "));
    },
  };
}

/** A balancer's health on 127.0.0.1 and a systemctl that runs the redirect's unit. */
async function supervised(host: Host): Promise<void> {
  await mustRun(host.space, ["mkdir", "-p", "/run/systemd/system"]);
  const health = 'require("http").createServer((_, answer) => answer.end("ok")).listen(8405, "127.0.0.1")';
  const server = start(host.space, [`${programs}/node`, "-e", health]);
  onTestFinished(() => void server.kill());
  host.script(
    "systemctl",
    `unit=${unit}
case "$1 $*" in
  start*kubeadm-ha-redirect.service*)
    setsid $(sed -n 's/^ExecStart=//p' $unit) </dev/null >/dev/null 2>&1 &
    echo $! >/run/redirect.pid ;;
  disable*kubeadm-ha-redirect.service*)
    kill "$(cat /run/redirect.pid)"
    while kill -0 "$(cat /run/redirect.pid)" 2>/dev/null; do sleep 0.1; done
    sed -n 's/^ExecStopPost=-//p' $unit | sh 2>/dev/null ;;
  is-active*) exit 3 ;;
esac
exit 0`,
  );
}

/** Rules of nftables that a machine has. */
async function rulesOf(space: Space): Promise<readonly string[]> {
  return (await mustRun(space, ["nft", "list", "ruleset"])).split("\n").filter((line) => line.includes("dnat"));
}

/** Which API servers answer a program of the machine itself. */
async function membersFrom(space: Space, url: string): Promise<ReadonlySet<string>> {
  const ask = `for i in 1 2 3 4 5 6 7 8 9 10 11 12; do curl -g -sS -m 5 --cacert /etc/kubernetes/pki/ca.crt -o /dev/null -w '%header{x-member}\\n' "$0/version"; done`;
  const printed = await mustRun(space, ["sh", "-c", ask, url], { limitSeconds: 70 });
  return new Set(printed.match(/cp\d/g));
}
