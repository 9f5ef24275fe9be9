// Something that listens where an API server might: node server.mjs MODE PORT CERTIFICATE KEY
// MODE is the HTTP status that it answers every request with, or "silent" for what takes connections and says nothing.
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { createServer as createSilentServer } from "node:net";

const [mode, port, certificate, key] = process.argv.slice(2);
const server =
  mode === "silent"
    ? createSilentServer(() => {})
    : createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (_, response) =>
        response.writeHead(Number(mode), { "content-type": "text/plain" }).end("ok\n"),
      );
server.listen({ port: Number(port), host: "::" }, () => console.log("ready"));
