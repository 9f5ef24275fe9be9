import { createServer } from "node:net";

import { describe, expect, test } from "vitest";

import { machineSeconds } from "../../src/probe/clock.ts";
import { authority, exitOf, freePort, pause, startApiServer, startBalancer, startProbe, until } from "./processes.ts";

test("measures a server that is well, and ends with its input", async () => {
  const port = await freePort();
  await startApiServer({ port, name: "cp7" });
  const before = machineSeconds();
  const probe = startProbe(port, { rate: 50, kept: 2, watches: 2, idle: true });
  await until(() => probe.requests().filter(({ kind }) => kind === "fresh").length >= 50);
  await until(() => probe.requests().some(({ kind }) => kind === "kept"));
  probe.child.stdin?.end();
  expect(await exitOf(probe.child)).toBe(0);

  for (const request of probe.requests()) {
    expect(request).toMatchObject({ outcome: "answered", status: 200, member: "cp7" });
    expect(request.start).toBeGreaterThan(before);
    expect(request.end).toBeGreaterThan(request.start);
    expect(request.end).toBeLessThan(machineSeconds());
  }
  for (const { start, end } of probe.requests().filter(({ kind }) => kind === "kept"))
    expect(end - start).toBeGreaterThan(0.095);
  expect(probe.events("watch")).toEqual(["opened", "opened"]);
  expect(probe.samples).toContainEqual(expect.objectContaining({ kind: "watch", watch: 1, event: "event" }));
  expect(probe.events("idle")).toEqual(["opened"]);
  expect(probe.completeBefore()).toBeGreaterThan(before);
});

test("each watch begins with an API server of its own, as long as there are others", async () => {
  const members = await Promise.all(
    ["cp1", "cp2", "cp3"].map(async (name) => {
      const port = await freePort();
      await startApiServer({ port, name });
      return port;
    }),
  );
  const port = await startBalancer((connection) => members[connection < 8 ? 0 : connection % 3] ?? 0);
  const probe = startProbe(port, { watches: 5 });
  await until(() => probe.events("watch").length === 5);
  const places = probe.samples.flatMap((sample) =>
    sample.kind === "watch" && sample.event === "opened" ? sample.member : [],
  );
  expect(new Set(places)).toEqual(new Set(["cp1", "cp2", "cp3"]));
});

test("works over IPv6 too", async () => {
  const port = await freePort();
  await startApiServer({ port });
  const probe = startProbe(port, { url: `https://[::1]:${port}`, rate: 20, kept: 1 });
  await until(() => new Set(probe.requests().map(({ kind }) => kind)).size === 2);
  expect(probe.requests().every(({ outcome }) => outcome === "answered")).toBe(true);
});

test("nobody listens: every fresh request is refused, kept ones and watches measure nothing", async () => {
  const port = await freePort();
  const probe = startProbe(port, { rate: 50, kept: 1, watches: 1, idle: true });
  await until(() => probe.requests().length >= 20);
  for (const request of probe.requests())
    expect(request).toMatchObject({ kind: "fresh", outcome: "refused", status: 0 });
  expect(probe.events("watch")).toEqual([]);
  expect(probe.events("idle")).toEqual([]);
});

test("a certificate of another authority is a failure of TLS", async () => {
  const port = await freePort();
  await startApiServer({ port });
  // The server's own certificate is one that did not sign it.
  const probe = startProbe(port, { rate: 20, ca: authority.replace("authority", "server") });
  await until(() => probe.requests().length >= 3);
  expect(probe.requests().every(({ outcome }) => outcome === "tls")).toBe(true);
});

describe("a server that hangs", () => {
  test("fails requests after 5 s, silences watches, and all is well when it goes on", async () => {
    const port = await freePort();
    const server = await startApiServer({ port });
    const probe = startProbe(port, { rate: 10, kept: 1, watches: 1, idle: true });
    await until(() => probe.requests().some(({ kind }) => kind === "kept"));
    server.kill("SIGSTOP");
    const stopped = machineSeconds();
    await pause(2);
    // What is in flight is not known to be well.
    expect(probe.completeBefore()).toBeLessThan(stopped + 0.2);
    await until(() => new Set(failures().map(({ kind }) => kind)).size === 2);
    await until(() => probe.events("watch").includes("silent"));
    server.kill("SIGCONT");
    const resumed = machineSeconds();
    await until(() => probe.requests().some(({ start, kind }) => kind === "kept" && start > resumed));
    await until(() => probe.events("watch").length === 3);

    for (const { start, end, outcome } of failures()) {
      expect(outcome).toBe("timeout");
      expect(end - start).toBeGreaterThan(4.99);
    }
    expect(probe.events("watch")).toEqual(["opened", "silent", "opened"]);
    // Nobody ended it, and its client does not expect anything.
    expect(probe.events("idle")).toEqual(["opened"]);

    function failures() {
      return probe.requests().filter(({ outcome }) => outcome !== "answered");
    }
  });
});

describe("a server that is killed", () => {
  test("breaks kept requests and streams, which come back when it does", async () => {
    const port = await freePort();
    const server = await startApiServer({ port, name: "old" });
    const probe = startProbe(port, { rate: 50, kept: 3, watches: 2, idle: true });
    await until(() => probe.events("watch").length === 2 && probe.events("idle").length === 1);
    await until(() => probe.requests().some(({ kind }) => kind === "kept"));
    server.kill("SIGKILL");
    await until(() => probe.requests().some(({ outcome }) => outcome === "refused"));
    await startApiServer({ port, name: "new" });
    await until(() => probe.events("watch").length === 6);
    await until(() => probe.requests().some(({ kind, member }) => kind === "kept" && member === "new"));

    expect(probe.events("watch").slice(2).toSorted()).toEqual(["ended", "ended", "opened", "opened"]);
    expect(probe.events("idle")).toEqual(["opened", "ended", "opened"]);
    const kept = probe.requests().filter(({ kind, outcome }) => kind === "kept" && outcome !== "answered");
    // Of three connections each had at most one request in flight, and connecting again is not counted.
    expect(kept.length).toBeLessThanOrEqual(3);
    expect(kept.every(({ outcome }) => outcome === "reset")).toBe(true);
  });
});

describe("the probe itself is stopped for half a second", () => {
  test("its samples say so, and the ones that it missed are sent after all", async () => {
    const port = await freePort();
    await startApiServer({ port });
    const probe = startProbe(port, { rate: 50 });
    await until(() => probe.requests().length >= 20);
    probe.child.kill("SIGSTOP");
    const from = machineSeconds();
    await pause(0.5);
    const to = machineSeconds();
    probe.child.kill("SIGCONT");
    await until(() => probe.completeBefore() > to + 1);

    expect(Math.max(...probe.requests().map(({ late }) => late))).toBeGreaterThan(0.4);
    const after = probe.requests().filter(({ start }) => start > to + 0.5);
    expect(after.length).toBeGreaterThan(0);
    const planned = probe.requests().filter(({ start, late }) => start - late < to && start > from);
    expect(planned.length).toBeGreaterThanOrEqual(20);
  });
});

test("a server that closes every connection at once is a reset", async () => {
  const port = await freePort();
  const server = createServer((socket) => socket.destroy()).listen(port, "127.0.0.1");
  await until(() => server.listening);
  const probe = startProbe(port, { rate: 50, kept: 1, watches: 1 });
  await until(() => probe.requests().length >= 10);
  server.close();
  expect(probe.requests().every(({ kind, outcome }) => kind === "fresh" && outcome === "reset")).toBe(true);
});
