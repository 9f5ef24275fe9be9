import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import type { Writable } from "node:stream";

import { healthAnswer } from "./health.ts";
import type { HealthAnswer, HealthState } from "./health.ts";

/** Milliseconds between two events of a watch. */
const eventInterval = 100;

/** What the answers depend on; changed from outside. */
export interface ApiServerState {
  readonly name: string;
  health: HealthState;
  /** SIGTERM came. */
  draining: boolean;
  /** No new connection, no further request on the ones there are. */
  closing: boolean;
  /** Ends the streams that do not end by themselves. */
  readonly streams: Set<() => void>;
  /** Answers that etcd keeps waiting, given when its state changes. */
  readonly silenced: Set<() => void>;
}

type Request = IncomingMessage | Http2ServerRequest;
type Response = ServerResponse | Http2ServerResponse;

/** Answers one request. */
export function respond(request: Request, response: Response, state: ApiServerState): void {
  const url = new URL(request.url ?? "/", "https://kubernetes");
  response.setHeader("x-member", state.name);
  // A closed connection is the client's business.
  response.on("error", () => {});
  // In HTTP/2 GOAWAY says it.
  if (state.closing && request.httpVersionMajor === 1) response.setHeader("connection", "close");

  if (url.pathname === "/watch") watch(response, state);
  else if (url.pathname === "/idle") holdOpen(response, state);
  else if (url.pathname === "/version") {
    const answer = (): void => send(response, 200, JSON.stringify({ major: "1", minor: "34" }));
    const delay = Number(url.searchParams.get("delay") ?? 0);
    if (delay > 0) setTimeout(answer, delay);
    else answer();
  } else answerHealth(url, response, state);
}

function watch(response: Response, state: ApiServerState): void {
  // Any text does: what counts is when it comes.
  const event = `${JSON.stringify({ type: "BOOKMARK", object: { kind: "Node" } })}\n`;
  holdOpen(response, state);
  const body: Writable = response;
  body.write(event);
  const timer = setInterval(() => body.write(event), eventInterval);
  response.once("close", () => clearInterval(timer));
}

function holdOpen(response: Response, state: ApiServerState): void {
  const end = (): void => {
    response.end();
  };
  state.streams.add(end);
  response.once("close", () => state.streams.delete(end));
  response.writeHead(200, { "content-type": "application/json" });
  // In HTTP/2 they are on their way.
  if ("flushHeaders" in response) response.flushHeaders();
}

function answerHealth(url: URL, response: Response, state: ApiServerState): void {
  const answer: HealthAnswer | undefined = healthAnswer(url, { state: state.health, draining: state.draining });
  // kube-apiserver lets nobody without a name see more than its version and health.
  if (answer === undefined) send(response, 403, "forbidden");
  else if (answer !== "silent") send(response, answer.status, answer.text);
  else {
    const again = (): void => answerHealth(url, response, state);
    state.silenced.add(again);
    response.once("close", () => state.silenced.delete(again));
  }
}

function send(response: Response, status: number, text: string): void {
  if (response.writableEnded) return;
  response.writeHead(status, { "content-type": "text/plain", "content-length": String(text.length) });
  response.end(text);
}
