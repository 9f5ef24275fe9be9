import { spawnSync } from "node:child_process";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { makeCgroups, removeCgroups } from "../../scripts/cluster-lab/cgroups.ts";
import { builtProgram, root } from "../support/built.ts";
import { bootDebian } from "./lab/boot.ts";
import { connectToNothing } from "./lab/network.ts";
import { createSpace, mustRun, run, type Space } from "./lab/space.ts";
import { eventually } from "./lab/wait.ts";
import { makeClusterCA } from "./support/cluster-ca.ts";
import { requireSystem } from "./support/programs.ts";

beforeAll(requireSystem);

const virtualIP = "192.168.10.100";

// A real systemd, Debian 13's, with the distribution's daemons.
describe.each(["haproxy", "nginx"] as const)("keepalived and %s under systemd", (balancer) => {
  const lab = `boot-${balancer}`;
  const [balancerUnit, keepalivedUnit] = [`kubeadm-ha-${balancer}.service`, "kubeadm-ha-keepalived.service"];
  const units = [balancerUnit, keepalivedUnit];
  let space: Space;
  let machine: Space;

  beforeAll(async () => {
    space = await createSpace("cp1", "", makeCgroups(lab, "cp1"));
    await connectToNothing(space, { interface: "eth0", addresses: ["192.168.10.11/24"] });
    machine = await bootDebian(space);
  });
  afterAll(async () => {
    await space.stop();
    await removeCgroups(lab);
  });

  const systemctl = (...words: readonly string[]): Promise<string> => mustRun(machine, ["systemctl", ...words]);
  const stateOf = async (unit: string): Promise<string> =>
    (await run(machine, ["systemctl", "is-active", unit])).stdout.trim();
  const mainProcess = async (unit: string): Promise<string> =>
    (await systemctl("show", "--property=MainPID", "--value", unit)).trim();
  const holds = async (): Promise<boolean> =>
    (await mustRun(machine, ["ip", "-oneline", "addr", "show", "to", virtualIP])) !== "";
  const serves = (): Promise<true> =>
    eventually(
      "both run, and the node has the virtual IP",
      60,
      async () =>
        ((await Promise.all(units.map(stateOf))).every((state) => state === "active") && (await holds())) || undefined,
    );

  it("are enabled and started by the node script; without a CA haproxy is tried until there is one", async () => {
    const result = await run(machine, ["sh", "-s", "--", "--init", "--ignore-preflight-errors", "all"], {
      input: nodeScript(balancer),
    });
    expect(result.status, result.stderr).toBe(0);
    for (const unit of units) expect(await systemctl("is-enabled", unit)).toBe("enabled\n");
    if (balancer === "haproxy") {
      await eventually("systemd has tried more than once", 30, async () => {
        const restarts = await systemctl("show", "--property=NRestarts", "--value", balancerUnit);
        return Number(restarts) > 1 || undefined;
      });
      expect(await holds()).toBe(false);
      await mustRun(machine, ["sh", "-ec", makeClusterCA]);
    }
    await serves();
    expect(await mustRun(machine, ["curl", "--silent", "--fail", "http://127.0.0.1:8405/livez"])).toBe("ok");
    expect(await systemctl("--failed", "--no-legend", "--plain", "list-units", "kubeadm-ha-*")).toBe("");
  });

  it("say each thing once in the journal", async () => {
    const lines = (await mustRun(machine, ["journalctl", "--output=cat", "--unit", keepalivedUnit])).split("\n");
    expect(lines.filter((line) => line.includes("Entering MASTER STATE"))).toHaveLength(1);
  });

  it("are left with the rights that the units name", async () => {
    const allowed = async (unit: string): Promise<string> =>
      (await systemctl("show", "--property=CapabilityBoundingSet", "--value", unit)).trim();
    for (const unit of units)
      expect(
        await mustRun(machine, ["sed", "-n", "s/^NoNewPrivs:\t//p", `/proc/${await mainProcess(unit)}/status`]),
      ).toBe("1\n");
    expect((await allowed(keepalivedUnit)).split(" ").toSorted()).toEqual([
      "cap_net_admin",
      "cap_net_raw",
      "cap_setgid",
    ]);
  });

  it.each(units)("%s comes back when its main process is killed", async (unit) => {
    const before = await mainProcess(unit);
    await mustRun(machine, ["kill", "-KILL", before]);
    await eventually("another one runs", 30, async () => {
      const now = await mainProcess(unit);
      return (now !== "0" && now !== before) || undefined;
    });
    await serves();
  });

  it("are reloaded in place", async () => {
    for (const unit of units) {
      const before = await mainProcess(unit);
      await systemctl("reload", unit);
      expect(await mainProcess(unit)).toBe(before);
    }
    await serves();
  });

  it("are restarted, whatever is asked for first", async () => {
    await systemctl("restart", ...units);
    await serves();
  });

  // One transaction, as a shutdown is; `systemctl stop` of two is two of them.
  it("leave in the order that hands the virtual IP over while the balancer serves, and come back in the other", async () => {
    const time = async (unit: string, name: string): Promise<number> =>
      Number(await systemctl("show", `--property=${name}TimestampMonotonic`, "--value", unit));
    await systemctl("isolate", "rescue.target");
    await eventually("both have stopped", 60, async () => {
      const states = await Promise.all(units.map(stateOf));
      return states.every((state) => state === "inactive") || undefined;
    });
    expect(await holds()).toBe(false);
    expect(await time(keepalivedUnit, "InactiveEnter")).toBeLessThanOrEqual(await time(balancerUnit, "ActiveExit"));
    await systemctl("isolate", "multi-user.target");
    await serves();
    expect(await time(balancerUnit, "ActiveEnter")).toBeLessThanOrEqual(await time(keepalivedUnit, "ActiveEnter"));
  });

  it("keepalived stops before network and containers, which its last advert needs", async () => {
    const after = (await systemctl("show", "--property=After", "--value", keepalivedUnit)).split(/\s+/);
    expect(after).toEqual(
      expect.arrayContaining(["network.target", "containerd.service", "crio.service", balancerUnit]),
    );
  });

  it("the distribution's own units stay off, and /run/kubeadm-ha outlives a stop", async () => {
    for (const unit of ["keepalived", balancer]) expect(await stateOf(unit)).toBe("inactive");
    await systemctl("stop", keepalivedUnit);
    expect(await mustRun(machine, ["stat", "--format=%a", "/run/kubeadm-ha"])).toBe("700\n");
  });
});

function nodeScript(balancer: string): string {
  const config = path.join(root, "manifests/keepalived-haproxy-systemd/ha.yaml");
  const words = [
    "render",
    "--config",
    config,
    "--stack",
    `keepalived-${balancer}`,
    "--node",
    "cp1",
    "--format",
    "script",
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, [builtProgram, ...words], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
