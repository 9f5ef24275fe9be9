import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { temporaryDirectory } from "../support/temporary.ts";
import { type Node, startNode } from "./lab/node.ts";
import { mustRun, run, start } from "./lab/space.ts";
import { eventually } from "./lab/wait.ts";
import { threeNodes } from "./support/configurations.ts";
import { makeClusterCA } from "./support/cluster-ca.ts";
import { mustRunCommand } from "./support/preparing.ts";
import { requireSystem } from "./support/programs.ts";
import { render } from "./support/render.ts";

beforeAll(requireSystem);

const units = "/etc/systemd/system/";

it("systemd finds nothing wrong with the other services: redirect, /etc/hosts, members of LVS", async () => {
  const { text, ...rest } = threeNodes(
    "dual-stack",
    { virtualIP: "keepalived", loadBalancer: "haproxy" },
    "hosts: true\n",
  );
  const redirected = text.replace("provider: haproxy", "provider: haproxy, port: 8443, redirectFrom: 6443");
  const balancers = `- {name: lb1, addresses: [192.168.10.31], role: load-balancer}
- {name: lb2, addresses: [192.168.10.32], role: load-balancer}
`;
  const lvs = threeNodes("ipv4", { virtualIP: "keepalived", loadBalancer: "haproxy" }, balancers);
  const found = new Map(
    [
      { ...rest, text: redirected },
      { ...lvs, text: lvs.text.replace("provider: haproxy", "provider: lvs") },
    ]
      .flatMap((configuration) => render(configuration).nodes)
      .filter(({ node }) => node.role === "control-plane")
      .flatMap(({ files }) => files.filter(({ path: place }) => place.startsWith(units)))
      .map((file) => [path.basename(file.path), file.text]),
  );
  expect([...found.keys()].toSorted()).toEqual(
    ["hosts", "lvs-member", "redirect"].map((name) => `kubeadm-ha-${name}.service`),
  );
  const directory = temporaryDirectory();
  for (const [name, unit] of found) {
    const file = path.join(directory, name);
    writeFileSync(file, unit);
    expect((await mustRunCommand(["systemd-analyze", "verify", file])).stderr, name).toBe("");
  }
});

describe.each(["haproxy", "nginx"] as const)("keepalived and %s as services", (balancer) => {
  const { nodes } = render(
    threeNodes("ipv4", { virtualIP: "keepalived", loadBalancer: balancer }, "deployAs: systemd\n"),
  );
  const [first] = nodes;
  if (first === undefined) throw new Error("no node");
  const unitText = (daemon: string): string =>
    first.files.find((file) => file.path === `${units}kubeadm-ha-${daemon}.service`)?.text ?? "";
  let node: Node;

  beforeAll(async () => {
    node = await startNode({
      name: "cp1",
      port: { interface: "eth0", addresses: ["192.168.10.11/24"] },
      files: first.files,
    });
    await mustRun(node.space, ["sh", "-ec", makeClusterCA]);
    await mustRun(node.space, ["mkdir", "-m", "700", "/run/kubeadm-ha"]);
  });
  afterAll(() => node.stop());

  it("have units in which systemd finds nothing wrong", async () => {
    const directory = mkdtempSync(path.join(tmpdir(), "kubeadm-ha-units-"));
    try {
      for (const { path: place, text } of first.files.filter((file) => file.path.startsWith(units)))
        writeFileSync(path.join(directory, path.basename(place)), text);
      const files = readdirSync(directory).map((name) => path.join(directory, name));
      expect(files).toHaveLength(2);
      expect((await mustRunCommand(["systemd-analyze", "verify", ...files])).stderr).toBe("");
      const broken = path.join(directory, "kubeadm-ha-broken.service");
      writeFileSync(broken, unitText("keepalived").replace("/usr/sbin/keepalived", "/usr/sbin/no-such-program"));
      await expect(mustRunCommand(["systemd-analyze", "verify", broken])).rejects.toThrow("no-such-program");
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  // Their exact command lines with the rights that the units leave them; there is no systemd to do it.
  it("run, take the virtual IP, and give it up when they are stopped", async () => {
    start(node.space, supervised(unitText(balancer)));
    const asked = ["curl", "--silent", "--fail", "http://127.0.0.1:8405/livez"];
    await eventually(`${balancer} answers`, 30, async () => (await run(node.space, asked)).status === 0 || undefined);
    start(node.space, supervised(unitText("keepalived")));
    await eventually("it has the virtual IP", 30, async () => (await node.has("192.168.10.100")) || undefined);
    await mustRun(node.space, ["sh", "-c", "kill $(cat /run/kubeadm-ha/keepalived.pid)"]);
    await eventually("it is gone", 30, async () => !(await node.has("192.168.10.100")) || undefined);
  });

  it("are reloaded by the command of the unit after the daemon has looked at its file", async () => {
    const [check = "", signal = ""] = linesOf(unitText(balancer), "ExecReload");
    await mustRun(node.space, ["sh", "-c", check]);
    expect(signal).toMatch(/^\/bin\/kill -(USR2|HUP) \$MAINPID$/);
    await mustRun(node.space, ["sh", "-c", `MAINPID=$(pgrep -o ${balancer}); ${signal}`]);
    await mustRun(node.space, [
      "curl",
      "--silent",
      "--fail",
      "--retry",
      "5",
      "--retry-connrefused",
      "http://127.0.0.1:8405/livez",
    ]);
  });
});

function linesOf(unit: string, name: string): readonly string[] {
  return [...unit.matchAll(new RegExp(`^${name}=(.*)$`, "gm"))].map(([, value = ""]) => value);
}

function supervised(unit: string): readonly string[] {
  const [command = ""] = linesOf(unit, "ExecStart");
  const capabilities = (linesOf(unit, "CapabilityBoundingSet")[0] ?? "").split(" ").filter(Boolean);
  const bounds = ["-all", ...capabilities.map((name) => name.toLowerCase().replace(/^cap_/, "+"))].join(",");
  const [user] = linesOf(unit, "User");
  const account = user === undefined ? "" : `--reuid ${user} --regid ${user} --clear-groups `;
  return ["sh", "-c", `exec setpriv ${account}--bounding-set=${bounds} --inh-caps=-all --no-new-privs -- ${command}`];
}
