import { createServer, type Server } from "node:net";

import { expect, test } from "vitest";

import { takes } from "../../src/checks/listening.ts";

const sockets = ["0.0.0.0", "::", "*", "127.0.0.1", "127.0.0.2", "::1", "::ffff:127.0.0.1"];
const pairs = sockets.flatMap((first) => sockets.map((second) => [first, second] as const));

test.each(pairs)("a socket at %s and one at %s", async (first, second) => {
  const server = await listen(first, 0);
  if (server === undefined) throw new Error(`nobody can listen at ${first}`);
  const place = server.address();
  const port = typeof place === "object" ? (place?.port ?? 0) : 0;
  const other = await listen(second, port);
  await close(other);
  await close(server);
  expect(takes(first, second)).toBe(other === undefined);
});

/** What the kernel says: undefined where the address is in use. */
function listen(address: string, port: number): Promise<Server | undefined> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("listening", () => resolve(server));
    server.once("error", (error) =>
      "code" in error && error.code === "EADDRINUSE" ? resolve(undefined) : reject(error),
    );
    server.listen({ host: address === "*" ? "::" : address, port, ipv6Only: address === "::" });
  });
}

function close(server: Server | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (server === undefined) resolve();
    else server.close(() => resolve());
  });
}
