import { afterAll, beforeAll, expect, it } from "vitest";

import { makeCertificates, startMember } from "./lab/member.ts";
import { type Node, startNode } from "./lab/node.ts";
import { run, start } from "./lab/space.ts";
import { eventually } from "./lab/wait.ts";
import { threeNodes } from "./support/configurations.ts";
import { oracle, requireSystem } from "./support/programs.ts";
import { render } from "./support/render.ts";

// One of three nodes, the others gone.
let node: Node;

beforeAll(async () => {
  requireSystem();
  const { nodes } = render(
    threeNodes("ipv4", { virtualIP: "keepalived", loadBalancer: "nginx" }, "deployAs: systemd\n"),
  );
  node = await startNode({
    name: "cp1",
    port: { interface: "eth0", addresses: ["192.168.10.11/24"] },
    files: nodes[0]?.files ?? [],
  });
  await makeCertificates([node], oracle("kubeadm-v1.36.3"));
  start(node.space, ["nginx", "-e", "stderr", "-c", "/etc/kubeadm-ha/nginx/nginx.conf", "-g", "daemon off;"]);
  await eventually("nginx answers", 20, async () => (await status("livez")) === 200 || undefined);
});
afterAll(() => node.stop());

it("nginx's /readyz says whether an API server is ready, each time anew; /livez stays good", async () => {
  expect(await status("readyz")).toBeGreaterThan(500);
  const member = await startMember(node, 6443);
  expect(await status("readyz")).toBe(200);
  member.kill();
  await eventually("it is dead", 20, async () => (await status("readyz")) > 500 || undefined);
  expect(await status("livez")).toBe(200);
});

it("nginx's /metrics is text that Prometheus reads, with the connections of clients", async () => {
  const [text = "", type] = (await ask("metrics", "%{content_type}")).split("\n\n");
  expect(type).toBe("text/plain; version=0.0.4");
  const lines = text.split("\n");
  expect(lines.filter((line) => !/^# TYPE \w+ gauge$|^\w+ \d+$/.test(line))).toEqual([]);
  expect(lines.map((line) => line.split(" ")[0])).toContain("nginx_connections_active");
});

async function status(path: string): Promise<number> {
  return Number((await ask(path, "%{http_code}")).split("\n").pop());
}

async function ask(path: string, more: string): Promise<string> {
  const url = `http://127.0.0.1:8405/${path}`;
  return (await run(node.space, ["curl", "--silent", "--max-time", "10", "--write-out", `\n${more}`, url])).stdout;
}
