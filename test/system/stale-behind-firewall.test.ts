import { readFileSync } from "node:fs";

import { afterAll, beforeAll, expect, it } from "vitest";

import { createNetwork, type Network } from "../../src/rehearse/lab/network.ts";
import { createSpace, mustRun, run, type Space, start } from "../../src/rehearse/lab/space.ts";
import { eventually } from "./lab/wait.ts";
import { requireSystem } from "./support/programs.ts";

// A client sends to the balancer that lost the virtual IP; answers come from the other one directly, so that the
// first's firewall sees half of a connection only.

const tree = "manifests/seeds/S2/pair/v1.37";
const runbook = readFileSync(`${tree}/RUNBOOK.md`, "utf8");
const commands = [...runbook.matchAll(/^nft insert rule inet filter forward .*$/gm)].map(([line]) => line);
const virtual = "172.29.1.200";

let network: Network;
const spaces = {} as Record<"client" | "loser" | "winner", Space>;

beforeAll(async () => {
  requireSystem();
  network = await createNetwork();
  const addresses = { client: "172.29.1.9", loser: "172.29.1.51", winner: "172.29.1.52" };
  for (const name of ["client", "loser", "winner"] as const) {
    spaces[name] = await createSpace(name);
    await network.connect(spaces[name], { interface: "ens192", addresses: [`${addresses[name]}/24`] });
  }
  const { client, loser, winner } = spaces;
  const settings = readFileSync(`${tree}/lb-1/etc/sysctl.d/90-kubeadm-ha.conf`, "utf8");
  await mustRun(loser, ["sh", "-ec", `${forgetOthers}\nsysctl --quiet --load=-`], { input: settings });
  await mustRun(winner, ["ip", "address", "add", `${virtual}/32`, "dev", "ens192"]);
  start(winner, ["sh", "-c", `while :; do echo answer | nc -l -N -s ${virtual} -p 6443; done`]);
  const [, hardware = ""] = /link\/ether (\S+)/.exec(await mustRun(loser, ["ip", "link", "show", "ens192"])) ?? [];
  const entry = [virtual, "lladdr", hardware, "dev", "ens192", "nud", "permanent"];
  await mustRun(client, ["ip", "neighbour", "replace", ...entry]);
});

afterAll(async () => {
  await Promise.all(Object.values(spaces).map((space) => space.stop()));
  await network?.stop();
});

it("is answered without a firewall", async () => {
  await eventually("an answer", 10, async () => (await ask()) === "answer\n" || undefined);
});

it("is not by a firewall that drops half connections, and is with the runbook's line", async () => {
  await firewall();
  expect(await ask()).toBe("");
  expect(commands).toHaveLength(1);
  await mustRun(spaces.loser, ["sh", "-ec", commands.join("\n")]);
  await eventually("an answer", 10, async () => (await ask()) === "answer\n" || undefined);
});

async function ask(): Promise<string> {
  const { stdout } = await run(spaces.client, ["nc", "-w", "2", virtual, "6443"]);
  return stdout;
}

// This machine's own settings are no part of the one that is played.
const forgetOthers = "echo 0 >/proc/sys/net/ipv4/ip_forward";

// As most are written: what is known passes, what is half known does not.
async function firewall(): Promise<void> {
  const rules = `table inet filter {
  chain input {
    type filter hook input priority filter; policy drop;
    ct state established,related accept
  }
  chain forward {
    type filter hook forward priority filter; policy drop;
    ct state established,related accept
    ct state invalid drop
  }
}
`;
  await mustRun(spaces.loser, ["nft", "-f", "-"], { input: rules });
}
