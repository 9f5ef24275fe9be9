import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type Lab, startLab } from "../../src/rehearse/lab/lab.ts";
import type { Form } from "../../src/rehearse/measurement.ts";
import { collect } from "./lab/process.ts";
import { eventually } from "./lab/wait.ts";
import { holderOf, labOptions, programOf, sceneOf, untilOneHolder } from "./support/labs.ts";
import { requireSystem } from "./support/programs.ts";

beforeAll(requireSystem);

describe.each<[string, Form]>([
  ["manifests/dual-stack/v1.34", "host"],
  ["manifests/ipv6-only/v1.34", "static-pod"],
])("a lab of %s as %s", (tree, form) => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab(sceneOf(tree), labOptions(form));
    await untilOneHolder(lab);
  });
  afterAll(() => lab?.stop());

  it("answers through the balancers", async () => {
    const members = new Set<string>();
    await eventually("every API server answers", 10, async () => {
      members.add(await ask(lab));
      return members.size === 3 || undefined;
    });
    expect([...members].toSorted()).toEqual(["cp1", "cp2", "cp3"]);
  });

  it("kills a balancer for good, and the virtual IP moves", async () => {
    const holder = holderOf(lab);
    const balancer = programOf(holder, "balancer");
    balancer.signal("SIGKILL");
    await eventually("another node holds it", 5, () => (lab.holders().includes(holder.name) ? undefined : true));
    await untilOneHolder(lab);
    expect(balancer.running()).toBe(false);
    await balancer.start();
    expect(balancer.running()).toBe(true);
  });

  it("restarts a program that a supervisor looks after", async () => {
    const keepalived = programOf(holderOf(lab), "keepalived");
    keepalived.superviseAfter(0.5);
    keepalived.signal("SIGKILL");
    await eventually("it has ended", 2, () => (keepalived.running() ? undefined : true));
    await eventually("it runs again", 5, () => keepalived.running() || undefined);
    keepalived.superviseAfter(undefined);
    await untilOneHolder(lab);
  });

  it("freezes a node and lets it go on", async () => {
    const holder = holderOf(lab);
    holder.freeze(true);
    await eventually("another node holds it, too", 10, () => lab.holders().length === 2 || undefined);
    holder.freeze(false);
    await untilOneHolder(lab);
    await ask(lab);
  });

  it("takes the power of a node and boots it", async () => {
    const holder = holderOf(lab);
    await holder.powerOff();
    expect(lab.holders()).not.toContain(holder.name);
    expect(Object.values(holder.programs).map((program) => program.running())).not.toContain(true);
    await untilOneHolder(lab);
    await holder.boot();
    expect(Object.values(holder.programs).map((program) => program.running())).not.toContain(false);
    await untilOneHolder(lab);
  });

  it("cuts cables, with and without a carrier, and single paths", async () => {
    const holder = holderOf(lab);
    await lab.network.setCable(holder.name, "no-carrier");
    await eventually("it gives the address up", 5, () => (lab.holders().includes(holder.name) ? undefined : true));
    await lab.network.setCable(holder.name, "up");
    const next = await untilOneHolder(lab);
    await lab.network.setCable(next.name, "silent");
    await eventually("two hold it", 10, () => lab.holders().length === 2 || undefined);
    expect(lab.holders()).toContain(next.name);
    await lab.network.setCable(next.name, "up");
    const last = await untilOneHolder(lab);
    const backups = lab.nodes.filter(({ name }) => name !== last.name);
    for (const { name } of backups) await lab.network.setPath(last.name, name, false);
    await eventually("a backup hears nothing", 10, () => lab.holders().length > 1 || undefined);
    for (const { name } of backups) await lab.network.setPath(last.name, name, true);
    await untilOneHolder(lab);
  });

  it("changes what an API server says of its health", async () => {
    const [first, second, third = ""] = lab.nodes.map(({ name }) => name);
    for (const name of [first ?? "", second ?? ""]) lab.setHealth(name, "not-ready");
    await eventually("only one is asked", 10, async () => {
      const answers = [await ask(lab), await ask(lab), await ask(lab)];
      return answers.every((member) => member === third) || undefined;
    });
    for (const name of [first ?? "", second ?? ""]) lab.setHealth(name, "good");
  });
});

it("plays a foreign router that the cluster does not care for", async () => {
  const lab = await startLab(sceneOf("manifests/keepalived-haproxy/v1.34"), labOptions("host"));
  try {
    await untilOneHolder(lab);
    const changes = lab.ownership.length;
    const router = await lab.startForeignRouter();
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await router.stop();
    expect(lab.ownership.length).toBe(changes);
  } finally {
    await lab.stop();
  }
});

it("lets a check restart a daemon as a service, although files are another distribution's", async () => {
  const lab = await startLab(sceneOf("test/fixtures/seeds/s4"), labOptions("host"));
  try {
    await untilOneHolder(lab);
    const nginx = programOf(holderOf(lab), "balancer");
    nginx.signal("SIGKILL");
    await eventually("it has ended", 2, () => (nginx.running() ? undefined : true));
    await eventually("the check has restarted it", 8, () => nginx.running() || undefined);
    expect(lab.log()).toContain("virtual_server is not rehearsed");
  } finally {
    await lab.stop();
  }
});

/** Asks on the endpoint until there is an answer; which API server gave it. */
async function ask({ client, scene: { endpoint } }: Lab): Promise<string> {
  const host = endpoint.address.includes(":") ? `[${endpoint.address}]` : endpoint.address;
  const words = [
    "--silent",
    "--globoff",
    "--max-time",
    "2",
    "--cacert",
    client.caFile,
    "--write-out",
    "%header{x-member}",
  ];
  return eventually("the endpoint answers", 15, async () => {
    const url = `https://${host}:${endpoint.port}/version`;
    const child = client.start(["curl", ...words, "--output", "/dev/null", url]);
    const { stdout } = collect(child);
    await new Promise((resolve) => child.once("close", resolve));
    return stdout() === "" ? undefined : stdout();
  });
}
