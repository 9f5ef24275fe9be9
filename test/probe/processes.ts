import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { onTestFinished } from "vitest";

import { machineSeconds } from "../../src/probe/clock.ts";
import { probeOutputReader } from "../../src/probe/read-output.ts";
import type { RequestSample, Sample } from "../../src/probe/sample.ts";
import type { ProbeSettings } from "../../src/probe/settings.ts";
import type { ApiServerSettings } from "../../src/rehearse/api-server/settings.ts";
import { helperFiles, helpersDirectory } from "../../src/rehearse/helpers.ts";
import { makeCertificates } from "./certificates.ts";

const made = makeCertificates();
export const { authority } = made;

/** A port of loopback that nobody uses. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** A stub API server that listens. */
export async function startApiServer(settings: Pick<ApiServerSettings, "port"> & Partial<ApiServerSettings>) {
  const child = start(helperFiles.apiServer, {
    name: "cp1",
    certificate: made.certificate,
    key: made.key,
    shutdownDelay: 0.5,
    ...settings,
  } satisfies ApiServerSettings);
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once("data", () => resolve());
    child.once("exit", (code) => reject(new Error(`the API server ended with ${code}`)));
  });
  return child;
}

/** A balancer whose connections, counted from 0, go to the ports that a function says; its own port. */
export async function startBalancer(portOf: (connection: number) => number): Promise<number> {
  let connection = 0;
  const server = createServer((client) => {
    const member = connect(portOf(connection), "127.0.0.1");
    connection += 1;
    for (const socket of [client, member]) socket.on("error", () => {});
    client.pipe(member).pipe(client);
    client.on("close", () => member.destroy());
    member.on("close", () => client.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** The probe, with everything it printed so far. */
export function startProbe(port: number, settings: Partial<ProbeSettings> = {}) {
  const samples: Sample[] = [];
  let complete = -Infinity;
  const child = start(helperFiles.probe, {
    url: `https://127.0.0.1:${port}`,
    ca: authority,
    rate: 0,
    kept: 0,
    watches: 0,
    idle: false,
    ...settings,
  } satisfies ProbeSettings);
  child.stdout
    ?.setEncoding("utf8")
    .on(
      "data",
      probeOutputReader({ sample: (sample) => samples.push(sample), completeBefore: (moment) => (complete = moment) }),
    );
  return {
    child,
    samples,
    requests: (): readonly RequestSample[] =>
      samples.filter((sample): sample is RequestSample => sample.kind === "fresh" || sample.kind === "kept"),
    completeBefore: () => complete,
    events: (kind: "watch" | "idle"): readonly string[] =>
      samples.flatMap((sample) => (sample.kind === kind && sample.event !== "event" ? [sample.event] : [])),
  };
}

/** Waits until something holds; no bar, a machine may be slow. */
export async function until(condition: () => boolean): Promise<void> {
  const end = machineSeconds() + 20;
  while (!condition()) {
    if (machineSeconds() > end) throw new Error(`never: ${condition.toString()}`);
    await pause(0.02);
  }
}

export function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

/** What a process ends with. */
export async function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null) await once(child, "exit");
  return child.exitCode;
}

function start(file: string, settings: object): ChildProcess {
  const argv = [join(helpersDirectory(), file), JSON.stringify(settings)];
  const child = spawn(process.execPath, argv, { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}
