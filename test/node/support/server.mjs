// Something that listens where an API server might: node server.mjs PORT CERTIFICATE KEY MODE-FILE
// The mode is the HTTP status that it answers every request with, or what it does with every connection: "silent" says
// nothing, "closing" and "resetting" end it at once, as load balancers without servers do.
import { readFileSync } from "node:fs";
import { createServer as createHttpsServer } from "node:https";
import { createServer } from "node:net";

const [port, certificate, key, modeFile] = process.argv.slice(2);
const mode = () => readFileSync(modeFile, "utf8").trim();
const https = createHttpsServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (_, response) =>
  response.writeHead(Number(mode()), { "content-type": "text/plain" }).end("ok\n"),
);
https.on("tlsClientError", () => {});
const server = createServer((socket) => {
  socket.on("error", () => {});
  if (mode() === "closing") socket.end();
  else if (mode() === "resetting") socket.resetAndDestroy();
  else if (mode() !== "silent") https.emit("connection", socket);
});
server.listen({ port: Number(port), host: "::" }, () => console.log("ready"));
