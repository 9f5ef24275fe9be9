import type { IncomingMessage } from "node:http";
import type { Http2SecureServer, Http2ServerRequest, ServerHttp2Session } from "node:http2";
import type { TLSSocket } from "node:tls";

import type { ApiServerState } from "./respond.ts";

/** Seconds that requests in flight get to end. */
const graceForRequests = 2;

/** Seconds between GOAWAY and the connection's end, as in Go: a request that crosses it would meet a reset. */
const goAwayTime = 1;

/** Knows the server's connections, which is what it takes to close them as kube-apiserver does. */
export interface Connections {
  /** A request began; its answer must be told by calling back. */
  began(request: IncomingMessage | Http2ServerRequest): () => void;
  /** No HTTP/1.1 connection takes another request, HTTP/2 gets GOAWAY; each ends with its last request. */
  closeWhenIdle(): void;
}

/** Begins to follow the server's connections. */
export function watchConnections(server: Http2SecureServer): Connections {
  const sessions = new Set<ServerHttp2Session>();
  // HTTP/1.1 connections with the number of their requests in flight.
  const sockets = new Map<TLSSocket, number>();
  let closing = false;

  server.on("session", (session: ServerHttp2Session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
    if (closing) goAway(session);
  });
  server.on("secureConnection", (socket: TLSSocket) => {
    if (socket.alpnProtocol === "h2") return;
    sockets.set(socket, 0);
    socket.once("close", () => sockets.delete(socket));
  });
  return {
    began(request) {
      const socket = request.socket as TLSSocket;
      const known = request.httpVersionMajor === 1 && sockets.has(socket);
      if (known) sockets.set(socket, (sockets.get(socket) ?? 0) + 1);
      return () => {
        if (!known || !sockets.has(socket)) return;
        const inFlight = (sockets.get(socket) ?? 1) - 1;
        sockets.set(socket, inFlight);
        if (closing && inFlight === 0) socket.end();
      };
    },
    closeWhenIdle() {
      closing = true;
      for (const session of sessions) goAway(session);
      for (const [socket, inFlight] of sockets) if (inFlight === 0) socket.end();
    },
  };
}

function goAway(session: ServerHttp2Session): void {
  session.goaway();
  setTimeout(() => session.close(), goAwayTime * 1000);
}

/**
 * What kube-apiserver does at SIGTERM: `/readyz` is bad at once, everything else goes on for the delay (seconds),
 * then it stops listening, ends watches, and leaves when the requests in flight have their answers, after 2 s at most.
 */
export function shutDown(
  server: Http2SecureServer,
  { state, connections, delay }: { state: ApiServerState; connections: Connections; delay: number },
): void {
  state.draining = true;
  setTimeout(() => {
    state.closing = true;
    server.close(() => process.exit(0));
    for (const end of state.streams) end();
    connections.closeWhenIdle();
    setTimeout(() => process.exit(0), graceForRequests * 1000);
  }, delay * 1000);
}
