import { connect, constants } from "node:http2";
import type { ClientHttp2Session } from "node:http2";
import { setTimeout as sleep } from "node:timers/promises";

import { machineSeconds } from "./clock.ts";
import { outcomeOf } from "./outcome.ts";
import type { Ending, Recorder } from "./recorder.ts";
import { attemptInterval, patience } from "./settings.ts";
import { openConnection } from "./target.ts";
import type { Target } from "./target.ts";

/** Milliseconds: the server takes so long for an answer, and the client pauses after one. */
const answerDelay = 100;
const pause = 50;

/**
 * A client that keeps one HTTP/2 connection, with a request that takes 0.1 s in flight most of the time. After a
 * failure it connects again, at once and then each 0.1 s; connecting is not counted, fresh requests measure that.
 */
export async function keepRequesting(target: Target, recorder: Recorder): Promise<never> {
  let waiting: Waiting | undefined;
  for (;;) {
    const session = await openSession(target);
    while (!session.closed && !session.destroyed) {
      waiting ??= begin(recorder);
      const ending = await send(session, waiting.limit);
      // The server goes away and did not look at this request: every client sends it again on a new connection.
      if (ending === "not-processed") break;
      waiting.finish(ending);
      waiting = undefined;
      if (ending.status === undefined) session.destroy();
      else await sleep(pause);
    }
  }
}

/** A request that has no outcome yet, perhaps between two connections. */
interface Waiting {
  readonly limit: AbortSignal;
  finish(ending: Ending): void;
}

function begin(recorder: Recorder): Waiting {
  const record = recorder.begin("kept", machineSeconds());
  const controller = new AbortController();
  const timer = setTimeout(() => {
    record({ outcome: "timeout" });
    controller.abort();
  }, patience * 1000);
  return {
    limit: controller.signal,
    finish(ending) {
      clearTimeout(timer);
      record(ending);
    },
  };
}

async function openSession(target: Target): Promise<ClientHttp2Session> {
  for (;;) {
    const next = machineSeconds() + attemptInterval;
    const session = await attempt(target);
    if (session !== undefined) return session;
    await sleep(Math.max(0, next - machineSeconds()) * 1000);
  }
}

function attempt(target: Target): Promise<ClientHttp2Session | undefined> {
  return new Promise((resolve) => {
    const session = connect(`https://${target.servername}`, { createConnection: () => openConnection(target, "h2") });
    const limit = setTimeout(() => session.destroy(), patience * 1000);
    session.once("connect", () => {
      clearTimeout(limit);
      resolve(session);
    });
    // What an error means shows at the request in flight; without one it means nothing.
    session.on("error", () => {});
    session.once("close", () => {
      clearTimeout(limit);
      resolve(undefined);
    });
  });
}

function send(session: ClientHttp2Session, limit: AbortSignal): Promise<Ending | "not-processed"> {
  return new Promise((resolve) => {
    const stream = session.request({ ":path": `/version?delay=${answerDelay}` }, { signal: limit });
    let status = 0;
    let member = "";
    let complete = false;
    let failure: unknown;
    stream.on("response", (headers) => {
      status = headers[":status"] ?? 0;
      member = String(headers["x-member"] ?? "");
    });
    stream.on("end", () => (complete = !stream.aborted));
    stream.on("error", (error) => (failure = error));
    stream.once("close", () => {
      if (stream.rstCode === constants.NGHTTP2_REFUSED_STREAM) resolve("not-processed");
      else if (!complete || status === 0) resolve({ outcome: limit.aborted ? "timeout" : outcomeOf(failure) });
      else resolve({ outcome: status === 200 ? "answered" : "status", status, member });
    });
    stream.resume();
  });
}
