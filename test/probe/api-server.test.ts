import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import type { RequestOptions } from "node:https";

import { describe, expect, test } from "vitest";

import { authority, exitOf, freePort, pause, startApiServer, startProbe, until } from "./processes.ts";

interface Answer {
  readonly status: number;
  readonly member: string;
  readonly text: string;
  readonly connection: string;
}

function get(port: number, path: string, options: RequestOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ca = readFileSync(authority);
    request({ host: "127.0.0.1", port, path, ca, ...options }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece: string) => (text += piece));
      response.on("end", () => {
        const { connection = "", "x-member": member } = response.headers;
        resolve({ status: response.statusCode ?? 0, member: String(member), text, connection });
      });
    })
      .on("error", reject)
      .end();
  });
}

async function statuses(port: number, paths: readonly string[]): Promise<readonly number[]> {
  return (await Promise.all(paths.map((path) => get(port, path)))).map(({ status }) => status);
}

test("answers as a kube-apiserver that asks nobody for a name", async () => {
  const port = await freePort();
  await startApiServer({ port, name: "cp2" });
  expect(await get(port, "/version")).toMatchObject({ status: 200, member: "cp2", text: '{"major":"1","minor":"34"}' });
  expect(await get(port, "/readyz")).toMatchObject({ status: 200, text: "ok" });
  expect(await statuses(port, ["/livez", "/healthz", "/api/v1/nodes", "/"])).toEqual([200, 200, 403, 403]);
});

test("a line on its input changes its health; its end changes nothing", async () => {
  const port = await freePort();
  const server = await startApiServer({ port });
  const asked = ["/readyz", "/livez", "/livez?exclude=etcd", "/version"];
  const become = async (state: string, expected: readonly number[]): Promise<void> => {
    server.stdin?.write(`${state}\n`);
    await expect.poll(() => statuses(port, asked)).toEqual(expected);
  };
  await become("not-ready", [500, 200, 200, 200]);
  await become("no-etcd", [500, 500, 200, 200]);
  await become("good", [200, 200, 200, 200]);
  await become("nonsense", [200, 200, 200, 200]);
  server.stdin?.end("not-ready\n");
  await expect.poll(() => statuses(port, asked)).toEqual([500, 200, 200, 200]);
});

test("while etcd is silent nothing comes, and the answer when it is back", async () => {
  const port = await freePort();
  const server = await startApiServer({ port });
  server.stdin?.write("etcd-silent\n");
  await pause(0.3);
  let answered = false;
  const waiting = get(port, "/readyz").then((answer) => {
    answered = true;
    return answer;
  });
  expect(await statuses(port, ["/livez?exclude=etcd", "/version"])).toEqual([200, 200]);
  await pause(0.3);
  expect(answered).toBe(false);
  server.stdin?.write("good\n");
  expect(await waiting).toMatchObject({ status: 200 });
});

describe("at SIGTERM", () => {
  test("it is not ready at once, serves on, and leaves after its delay", async () => {
    const port = await freePort();
    const server = await startApiServer({ port, shutdownDelay: 1 });
    server.kill("SIGTERM");
    await expect.poll(() => statuses(port, ["/readyz"])).toEqual([500]);
    expect(await statuses(port, ["/livez", "/version"])).toEqual([200, 200]);
    expect(await exitOf(server)).toBe(0);
    await expect(get(port, "/version")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  test("requests in flight get their answers, idle connections are closed", async () => {
    const port = await freePort();
    const server = await startApiServer({ port, shutdownDelay: 0.2 });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const before = await get(port, "/version", { agent });
    expect(before.connection).toBe("keep-alive");
    const [socket] = Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? []);
    const closed = socket === undefined ? undefined : once(socket, "close");
    const inFlight = get(port, "/version?delay=800");
    await pause(0.1);
    server.kill("SIGTERM");
    expect(await inFlight).toMatchObject({ status: 200 });
    expect(closed).toBeDefined();
    await closed;
    expect(await exitOf(server)).toBe(0);
  });

  test("a request that takes too long is given up", async () => {
    const port = await freePort();
    const server = await startApiServer({ port, shutdownDelay: 0 });
    const inFlight = get(port, "/version?delay=30000");
    inFlight.catch(() => {});
    await pause(0.2);
    server.kill("SIGTERM");
    await expect(inFlight).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(await exitOf(server)).toBe(0);
  });

  test("clients on kept connections lose nothing, watches end", async () => {
    const port = await freePort();
    const probe = startProbe(port, { kept: 20, watches: 1, idle: true });
    for (const name of ["first", "second", "third"]) {
      const server = await startApiServer({ port, name, shutdownDelay: 0.2 });
      await until(() => probe.requests().filter(({ member }) => member === name).length >= 40);
      server.kill("SIGTERM");
      expect(await exitOf(server)).toBe(0);
    }
    expect(probe.requests().filter(({ outcome }) => outcome !== "answered")).toEqual([]);
    expect(probe.events("watch").filter((event) => event === "ended")).toHaveLength(3);
    expect(probe.events("idle").filter((event) => event === "ended")).toHaveLength(3);
  });
});
