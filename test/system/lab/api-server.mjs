// Stands in for kube-apiserver: TLS with the certificate that kubeadm made, the health endpoints that
// load balancers ask, /watch that never ends, and the name of its node in every answer.
//
//   node api-server.mjs NAME PORT CERTIFICATE KEY
import { readFileSync } from "node:fs";
import { createServer } from "node:https";

const [name, port, certificate, key] = process.argv.slice(2);
const healthy = new Set(["/livez", "/readyz", "/healthz"]);

const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (request, response) => {
  const { pathname } = new URL(request.url, "https://kubernetes");
  if (pathname === "/watch") {
    response.writeHead(200, { "x-member": name });
    const ticks = setInterval(() => response.write("tick\n"), 100);
    response.on("close", () => clearInterval(ticks));
    return;
  }
  const answers = { "/version": JSON.stringify({ gitVersion: "v0.0.0-lab" }) };
  const text = healthy.has(pathname) ? "ok" : answers[pathname];
  response
    .writeHead(text === undefined ? 404 : 200, { "x-member": name, "content-type": "text/plain" })
    .end(text ?? "not found\n");
});
// kube-apiserver listens on all addresses of both families.
server.listen({ port: Number(port), host: "::" }, () => console.log("ready"));
