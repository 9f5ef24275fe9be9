import { readFileSync } from "node:fs";
import { createSecureServer } from "node:http2";
import { createInterface } from "node:readline";

import { healthStates } from "./health.ts";
import { respond } from "./respond.ts";
import type { ApiServerState } from "./respond.ts";
import type { ApiServerSettings } from "./settings.ts";
import { shutDown, watchConnections } from "./shut-down.ts";

// A stub of kube-apiserver: what a load balancer and clients notice of one, and nothing else. Prints "ready" when
// it listens; its standard input takes health states, and may end without a consequence.
const settings = JSON.parse(process.argv[2] ?? "") as ApiServerSettings;
const state: ApiServerState = {
  name: settings.name,
  health: "good",
  draining: false,
  closing: false,
  streams: new Set(),
  silenced: new Set(),
};

const server = createSecureServer({
  allowHTTP1: true,
  cert: readFileSync(settings.certificate),
  key: readFileSync(settings.key),
});
const connections = watchConnections(server);
server.on("request", (request, response) => {
  response.once("close", connections.began(request));
  respond(request, response, state);
});
// A health check that only connects, a client that goes away in the middle of a handshake.
server.on("sessionError", () => {});
server.on("tlsClientError", () => {});

listen("::");
process.on("SIGTERM", () => {
  if (!state.draining) shutDown(server, { state, connections, delay: settings.shutdownDelay });
});
createInterface({ input: process.stdin }).on("line", (line) => {
  const health = healthStates.find((known) => known === line.trim());
  if (health === undefined) return;
  state.health = health;
  const waiting = [...state.silenced];
  state.silenced.clear();
  for (const answer of waiting) answer();
});

/** On every address of both families, or of IPv4 on a machine without IPv6. */
function listen(host: "::" | "0.0.0.0"): void {
  const failed = (error: NodeJS.ErrnoException): void => {
    if (host === "::" && error.code !== "EADDRINUSE") listen("0.0.0.0");
    else throw error;
  };
  server.once("error", failed);
  server.listen(settings.port, host, () => {
    server.off("error", failed);
    process.stdout.write("ready\n");
  });
}
