import { setTimeout as sleep } from "node:timers/promises";

import type { Network, Port } from "./network.ts";
import { collect } from "./process.ts";
import { createSpace, mustRun, type Space, start, write } from "./space.ts";
import { eventually } from "./wait.ts";

/** A client of the cluster on the same segment: curl, which trusts the cluster's CA only. */
export interface Client {
  readonly space: Space;
  /** Asks once, on a connection of its own. */
  ask(url: string): Promise<Answer>;
  /** The same again and again, one after another. */
  askTimes(url: string, times: number): Promise<readonly Answer[]>;
  /** Asks until the answer is 200; how long after the call that was, in milliseconds. */
  untilAnswered(url: string, limitSeconds: number): Promise<number>;
  /** Opens a stream that never ends by itself; resolves when it has begun. */
  watch(url: string, limitSeconds: number): Promise<Watch>;
  stop(): Promise<void>;
}

/** A stream of ticks, as a client's watch is. */
export interface Watch {
  /** When the client knows that the stream is over, on performance.now()'s clock, and why. */
  readonly ended: Promise<{ readonly at: number; readonly error: string }>;
}

export interface Answer {
  /** 0 when there was none. */
  readonly status: number;
  /** The API server that answered. */
  readonly member: string;
  readonly seconds: number;
  /** curl's own words when something went wrong. */
  readonly error: string;
}

export interface ClientOptions {
  readonly port: Port;
  readonly ca: string;
  /** Names and the addresses they have for this client. */
  readonly names: Readonly<Record<string, readonly string[]>>;
}

/** A client with the name `client`, plugged into the network. */
export async function startClient(network: Network, { port, ca, names }: ClientOptions): Promise<Client> {
  const space = await createSpace("client");
  await network.connect(space, port);
  write(space, { path: caPath, text: ca });
  const hosts = Object.entries(names).flatMap(([name, addresses]) =>
    addresses.map((address) => `${address} ${name}\n`),
  );
  write(space, { path: "/etc/hosts", text: `127.0.0.1 localhost\n${hosts.join("")}` });
  const askTimes = async (url: string, times: number, limits: Limits = patient): Promise<readonly Answer[]> => {
    const printed = await mustRun(
      space,
      ["sh", "-c", loop, url, String(times), String(limits.connect), String(limits.total)],
      { limitSeconds: 5 + times * limits.total },
    );
    return printed.trimEnd().split("\n").map(parseAnswer);
  };
  const ask = async (url: string, limits?: Limits): Promise<Answer> => (await askTimes(url, 1, limits))[0] ?? noAnswer;
  return {
    space,
    ask: (url) => ask(url),
    askTimes: (url, times) => askTimes(url, times),
    untilAnswered: (url, limitSeconds) => firstAnswer(() => ask(url, impatient), limitSeconds),
    watch: (url, limitSeconds) => watch(space, url, limitSeconds),
    stop: () => space.stop(),
  };
}

/** Attempts overlap, a new one each tenth of a second: one that the outage has swallowed does not hide its end. */
async function firstAnswer(attempt: () => Promise<Answer>, limitSeconds: number): Promise<number> {
  const begin = performance.now();
  const elapsed = (): number => Math.round(performance.now() - begin);
  const successes: number[] = [];
  const errors: string[] = [];
  while (successes.length === 0 && elapsed() < limitSeconds * 1000) {
    const note = ({ status, error }: Answer): unknown =>
      status === 200 ? successes.push(elapsed()) : errors.push(error);
    // The last attempts may outlive the lab.
    attempt().then(note, () => {});
    await sleep(100);
  }
  const [first] = successes;
  if (first === undefined) throw new Error(`no answer within ${limitSeconds} s; ${errors.at(-1) ?? ""}`);
  return first;
}

async function watch(space: Space, url: string, limitSeconds: number): Promise<Watch> {
  const child = start(space, [
    "curl",
    "--silent",
    "--show-error",
    "--globoff",
    "--no-buffer",
    "--cacert",
    caPath,
    "--max-time",
    String(limitSeconds),
    url,
  ]);
  const { stdout, stderr } = collect(child);
  const ended = new Promise<{ at: number; error: string }>((resolve) =>
    child.once("close", () => resolve({ at: performance.now(), error: stderr() })),
  );
  await eventually(`${url} streams`, 5, () => stdout().includes("tick") || undefined);
  return { ended };
}

interface Limits {
  readonly connect: number;
  readonly total: number;
}

// client-go gives a handshake 10 s; nothing here should take half of that.
const patient: Limits = { connect: 5, total: 5 };
const impatient: Limits = { connect: 2, total: 2 };

const caPath = "/run/ca.crt";

const noAnswer: Answer = { status: 0, member: "", seconds: 0, error: "curl printed nothing" };

// One line an answer. Every curl is a process, hence every answer a new connection.
const loop = `
for _ in $(seq "$1"); do
  curl --silent --show-error --globoff --cacert ${caPath} --connect-timeout "$2" --max-time "$3" --output /dev/null \\
    --write-out '%{http_code}\\t%header{x-member}\\t%{time_total}\\t%{errormsg}\\n' "$0" 2>/dev/null || true
done`;

function parseAnswer(line: string): Answer {
  const [status = "0", member = "", seconds = "0", error = ""] = line.split("\t");
  return { status: Number(status), member, seconds: Number(seconds), error };
}
