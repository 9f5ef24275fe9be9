import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type Lab, type LabMachine, startLab } from "./lab/lab.ts";
import type { Answer } from "./lab/probe.ts";
import { familyNames, threeNodes } from "./support/configurations.ts";
import { requireSystem } from "./support/programs.ts";
import { labPlan, render, type Rendered } from "./support/render.ts";

// Real keepalived and haproxy from the rendered files in network namespaces; only the API servers are stand-ins.
describe.each(familyNames)("keepalived and haproxy, %s", (family) => {
  const { lab, rendered } = labFor(() =>
    render(threeNodes(family, { virtualIP: "keepalived", loadBalancer: "haproxy" })),
  );

  it("answers on every virtual IP and on the endpoint's name, with a certificate that has them", async () => {
    await lab().untilHolder(undefined, 10);
    for (const url of urls(rendered())) {
      for (const path of ["/livez", "/readyz", "/version"])
        expect(await lab().client.ask(url + path), url + path).toMatchObject({ status: 200, error: "" });
    }
  });

  it("spreads new connections over all three API servers", async () => {
    await lab().untilHolder(undefined, 10);
    for (const url of urls(rendered())) {
      const answers = await lab().client.askTimes(`${url}/version`, 20);
      expect(failures(answers)).toEqual([]);
      expect(members(answers), url).toEqual(["cp1", "cp2", "cp3"]);
    }
  });

  it.each(["cp1", "cp3"])(
    "survives the loss of the holder's link when that is %s, the first or the last by rank",
    async (name) => {
      const holder = await makeHolder(lab(), name);
      const url = `${urls(rendered())[0]}/version`;
      await withoutLink(lab(), holder, async () => {
        expect(await lab().client.untilAnswered(url, 10)).toBeLessThanOrEqual(2000);
        const answers = await lab().client.askTimes(url, 100);
        expect(failures(answers), lab().logs()).toEqual([]);
        expect(members(answers)).not.toContain(name);
        for (const other of urls(rendered()))
          expect(await lab().client.ask(`${other}/version`)).toMatchObject({ status: 200 });
      });
      // nopreempt: whoever took it keeps it when the link is back.
      expect((await lab().untilHolder(undefined, 10)).name).not.toBe(name);
    },
  );
});

describe("keepalived and haproxy", () => {
  const { lab, rendered } = labFor(() =>
    render(threeNodes("ipv4", { virtualIP: "keepalived", loadBalancer: "haproxy" })),
  );

  it("moves the virtual IP away from a node that is drained, and not back when it is not", async () => {
    const drained = await makeHolder(lab(), "cp1");
    await drained.drain(true);
    const next = await lab().untilHolder("cp2", 3);
    expect(await lab().client.untilAnswered(`${urls(rendered())[0]}/version`, 3)).toBeLessThanOrEqual(2000);
    await drained.drain(false);
    await staysHolder(lab(), next.name, 3);
  });

  it("tells a client at once that its stream is over when the virtual IP moves away from a node that lives", async () => {
    const holder = await makeHolder(lab(), "cp2");
    const watch = await lab().client.watch(`${urls(rendered())[0]}/watch`, 20);
    const moved = performance.now();
    await holder.drain(true);
    // Without `transparent`, or without the capability for it, that takes five seconds and more.
    const { at, error } = await watch.ended;
    await holder.drain(false);
    expect(at - moved, error).toBeLessThan(2000);
  });

  it("moves the virtual IP away from a node whose haproxy is killed", async () => {
    const holder = await makeHolder(lab(), "cp1");
    holder.pods["haproxy"]?.kill("SIGKILL");
    expect(await lab().client.untilAnswered(`${urls(rendered())[0]}/version`, 5)).toBeLessThanOrEqual(2000);
    expect((await lab().untilHolder(undefined, 3)).name).not.toBe(holder.name);
    expect(failures(await lab().client.askTimes(`${urls(rendered())[0]}/version`, 20))).toEqual([]);
  });
});

describe("keepalived alone", () => {
  const { lab, rendered } = labFor(() => render(threeNodes("ipv4", { virtualIP: "keepalived", loadBalancer: "none" })));

  it("leads to the API server of the holder only", async () => {
    const holder = await makeHolder(lab(), "cp1");
    const answers = await lab().client.askTimes(`${urls(rendered())[0]}/version`, 20);
    expect(failures(answers)).toEqual([]);
    expect(members(answers)).toEqual([holder.name]);
  });

  it("survives the loss of the holder's link", async () => {
    const holder = await makeHolder(lab(), "cp1");
    await withoutLink(lab(), holder, async () => {
      expect(await lab().client.untilAnswered(`${urls(rendered())[0]}/version`, 10)).toBeLessThanOrEqual(2000);
      expect(failures(await lab().client.askTimes(`${urls(rendered())[0]}/version`, 100))).toEqual([]);
    });
  });

  it("moves the virtual IP away from a node whose API server is killed", async () => {
    const holder = await makeHolder(lab(), "cp1");
    holder.member.kill();
    // Three failed checks, one a second.
    expect(await lab().client.untilAnswered(`${urls(rendered())[0]}/version`, 10)).toBeLessThanOrEqual(5000);
    expect((await lab().untilHolder(undefined, 3)).name).not.toBe(holder.name);
  });
});

/** A lab for the tests of one block. */
function labFor(makeRendered: () => Rendered): { lab(): Lab; rendered(): Rendered } {
  let started: { readonly lab: Lab; readonly rendered: Rendered } | undefined;
  const get = (): NonNullable<typeof started> => {
    if (started === undefined) throw new Error("the lab did not start");
    return started;
  };
  beforeAll(async () => {
    requireSystem();
    const rendered = makeRendered();
    started = { rendered, lab: await startLab(labPlan(rendered)) };
  });
  afterAll(() => started?.lab.stop());
  return { lab: () => get().lab, rendered: () => get().rendered };
}

/** The endpoint and every virtual IP as URLs, the endpoint first. */
function urls({ spec }: Rendered): readonly string[] {
  const hosts = [spec.endpoint.host, ...spec.virtualIP.addresses.map(({ text }) => text)];
  return hosts.map((host) => `https://${host.includes(":") ? `[${host}]` : host}:${spec.endpoint.port}`);
}

/** Brings the virtual IP to a node whatever its rank: all others are drained until the election is over. */
async function makeHolder(lab: Lab, name: string): Promise<LabMachine> {
  const others = lab.nodes.filter((node) => node.name !== name);
  await Promise.all(others.map((node) => node.drain(true)));
  const holder = await lab.untilHolder(name, 10);
  await staysHolder(lab, name, 1);
  await Promise.all(others.map((node) => node.drain(false)));
  // They come back as backups and leave it where it is.
  await staysHolder(lab, name, 2);
  return holder;
}

/** Fails when another node gets the virtual IP, or none has it. */
async function staysHolder(lab: Lab, name: string, seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const holders = await lab.holders();
    if (holders.join() !== name)
      throw new Error(`held by ${holders.join(" and ")}, no longer by ${name}\n${lab.logs()}`);
  }
}

/** Pulls a node's cable while something is tried. */
async function withoutLink(lab: Lab, node: LabMachine, attempt: () => Promise<void>): Promise<void> {
  await lab.network.setLink(node.space, false);
  try {
    await attempt();
  } finally {
    await lab.network.setLink(node.space, true);
  }
}

function failures(answers: readonly Answer[]): readonly Answer[] {
  return answers.filter(({ status }) => status !== 200);
}

function members(answers: readonly Answer[]): readonly string[] {
  return [...new Set(answers.map(({ member }) => member))].toSorted();
}
