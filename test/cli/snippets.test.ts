import { describe, expect, test } from "vitest";

import { changed, ordinary } from "../support/configurations.ts";
import { runOn } from "../support/io.ts";

const nginx = changed("provider: haproxy", "provider: nginx");

describe("lines of one's own stand at the end of their block", () => {
  test.each([
    [
      "haproxy.global",
      "nbthread 2",
      ordinary,
      /hard-stop-after 15s\n {4}# Yours, from snippets.haproxy.global:\n {4}nbthread 2\n\n/,
    ],
    [
      "haproxy.defaults",
      "timeout http-keep-alive 5s",
      ordinary,
      /# Yours, .*\n {4}timeout http-keep-alive 5s\n\nfrontend kube-apiserver\n/,
    ],
    [
      "haproxy.frontend",
      "tcp-request connection reject if { src 192.0.2.9 }",
      ordinary,
      /default_backend members\n.*\n {4}tcp-request connection reject/,
    ],
    ["keepalived.global", "vrrp_garp_interval 0.1", ordinary, /# Yours, .*\n {4}vrrp_garp_interval 0.1\n}\n/],
    [
      "keepalived.instance",
      "notify /etc/keepalived/notify.sh",
      ordinary,
      /# Yours, .*\n {4}notify \/etc\/keepalived\/notify.sh\n}\n/,
    ],
    ["nginx.main", "worker_priority -5;", nginx, /# Yours, .*\nworker_priority -5;\n\nevents \{\n/],
    ["nginx.stream", "tcp_nodelay on;", nginx, /# Yours, .*\n {4}tcp_nodelay on;\n}\n/],
    ["nginx.server", "proxy_buffer_size 32k;", nginx, /# Yours, .*\n {8}proxy_buffer_size 32k;\n {4}}\n/],
  ] as const)("%s: %s", async (key, line, file, written) => {
    const { code, out, err } = await runOn(file + snippet(key, [line]), "render", "--node", "cp1");
    expect({ code, err: err.replaceAll(/\[render\].*\n/g, "") }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(written);
  });
});

describe("lines that cannot stand there are refused", () => {
  test.each([
    ["haproxy.global", "nbthread 2", nginx, "has no effect: there is no haproxy here"],
    ["haproxy.global", "maxconn 10", ordinary, "maxconn is set there already"],
    ["haproxy.defaults", "no option dontlognull", ordinary, "option dontlognull is set there already"],
    ["haproxy.defaults", "timeout client 5m", ordinary, "timeout client is set there already"],
    ["haproxy.frontend", "bind 0.0.0.0:443", ordinary, "bind is set there already"],
    ["haproxy.frontend", "backend other", ordinary, "backend begins another section"],
    ["haproxy.defaults", "timeout tunel 4h", ordinary, "haproxy knows no"],
    ["keepalived.instance", "priority 200", ordinary, "priority is set there already"],
    ["keepalived.instance", "}", ordinary, "closes a block that it did not open"],
    ["keepalived.instance", "track_interface {", ordinary, "leaves a block open"],
    ["keepalived.instance", "garp_master_dellay 5", ordinary, "garp_master_dellay"],
    ["nginx.server", "proxy_timeout 5m;", nginx, "proxy_timeout is set there already"],
    ["nginx.stream", "tcp_nodelay on", nginx, "ends without a semicolon"],
    ["nginx.main", "worker_prioritie 5;", nginx, "nginx knows no directive"],
  ] as const)("%s: %s", async (key, line, file, message) => {
    const { code, out, err } = await runOn(file + snippet(key, [line]), "render");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(`snippets.${key}`);
    expect(err).toContain(message);
    expect(err).toContain("[snippets]");
  });
});

test("a block of several lines is one", async () => {
  const { code } = await runOn(ordinary + snippet("keepalived.instance", ["track_interface {", "eth1", "}"]), "render");
  expect(code).toBe(0);
});

function snippet(key: string, lines: readonly string[]): string {
  const [program = "", block = ""] = key.split(".");
  return `snippets:\n  ${program}:\n    ${block}:\n${lines.map((line) => `    - '${line}'\n`).join("")}`;
}
