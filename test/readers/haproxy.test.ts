import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import type { HaproxyModel, HaproxyProxy } from "../../src/model/balancer.ts";
import { parseHaproxyAddress } from "../../src/readers/haproxy-address.ts";
import { parseHaproxyTime } from "../../src/readers/haproxy-time.ts";
import { readHaproxy } from "../../src/readers/haproxy.ts";
import { readHaproxy as readLeaves } from "../support/read-haproxy.ts";

const manifests = join(import.meta.dirname, "../../manifests");
const rendered = readdirSync(manifests, { recursive: true, encoding: "utf8" }).filter((path) =>
  path.endsWith("haproxy.cfg"),
);

function read(text: string): HaproxyModel {
  return readHaproxy({ file: "f", text }).model;
}

function proxy(text: string, name = "a"): HaproxyProxy {
  const found = read(text).proxies.find((one) => one.name.value === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

function problems(text: string): readonly string[] {
  return readHaproxy({ file: "f", text }).problems.map(
    ({ position: { line, column }, message }) => `${line}:${column} ${message}`,
  );
}

describe("rendered files", () => {
  it("are there", () => expect(rendered.length).toBeGreaterThan(20));

  it.each(rendered)("%s", (path) => {
    const text = readFileSync(join(manifests, path), "utf8");
    const { model, problems: found } = readHaproxy({ file: path, text });
    expect(found).toEqual([]);
    expect(model.unknown).toEqual([]);
    expect(model.globals.maxConnections?.value).toBe(8000);
    expect(model.proxies.map(({ kind, name }) => `${kind.value} ${name.value}`)).toEqual([
      "frontend kube-apiserver",
      "backend members",
      "backend live",
      "backend ready",
      "frontend health",
    ]);
    // Another reader, written for other tests, sees the same lines.
    const lines = model.sections.flatMap(({ keywords }) =>
      keywords.map((keyword) => [keyword.name.value, ...keyword.arguments.map(({ value }) => value)].join(" ")),
    );
    const leaves = readLeaves(text).filter((leaf) => leaf.path !== "");
    expect(lines).toEqual(leaves.map(({ value }) => value.split("\u{f0000}").join(" ")));
    for (const name of ["members", "live", "ready"]) {
      const { servers } = model.proxies.find((one) => one.name.value === name) as HaproxyProxy;
      expect(servers.length).toBeGreaterThanOrEqual(3);
      // One system has its balancer on the API servers' own port, and those on another.
      const moved = /seeds\/S2\/(hosts|static-pods)\//.test(path);
      expect(new Set(servers.map(({ port }) => port))).toEqual(new Set([moved ? 9443 : 6443]));
    }
  });
});

describe("defaults", () => {
  it("of the last section above", () => {
    const text = "defaults\n mode http\ndefaults\n timeout connect 1s\nlisten a\n timeout client 2\n";
    expect(proxy(text).mode).toBeUndefined();
    expect([...proxy(text).timeouts].map(([name, { value }]) => [name, value])).toEqual([
      ["connect", 1000],
      ["client", 2],
    ]);
  });

  it("of the section it names, which may name another", () => {
    const text =
      "defaults one\n mode http\n retries 1\ndefaults two from one\n retries 2\ndefaults\n mode tcp\nlisten a from two\n";
    expect(proxy(text).mode?.value).toBe("http");
    expect(
      proxy(text).keywords.map(({ name, arguments: [value], inherited }) => [name.value, value?.value, inherited]),
    ).toEqual([
      ["mode", "http", true],
      ["retries", "1", true],
      ["retries", "2", true],
    ]);
  });

  it("are taken back by no", () => {
    const text = "defaults\n option redispatch\n option httplog\nlisten a\n no option redispatch\n";
    expect(proxy(text).keywords.map(({ name }) => name.value)).toEqual(["option httplog", "no option redispatch"]);
    expect(proxy(`${text} option redispatch\n`).keywords.map(({ name }) => name.value)).toContain("option redispatch");
  });
});

describe("servers", () => {
  const optionsOf = (text: string): readonly (readonly string[])[] =>
    proxy(text).servers.map(({ options }) => [...options].map(([name, { value }]) => `${name}=${value}`));

  it("take what default-server says above them", () => {
    expect(
      optionsOf(
        "defaults\n default-server inter 1s\nbackend a\n server x 1.2.3.4:1 check\n default-server check fall 2\n server y 1.2.3.5:1 no-check\n",
      ),
    ).toEqual([
      ["inter=1s", "check="],
      ["inter=1s", "fall=2"],
    ]);
  });

  it("have places of their own", () => {
    const [server] = proxy("backend a\n\tserver x [2001:db8::1]:6443 check inter 2s\n").servers;
    expect(server?.host).toBe("2001:db8::1");
    expect(server?.port).toBe(6443);
    expect(server?.address.position).toEqual({ file: "f", line: 2, column: 11 });
    expect(server?.options.get("inter")?.position).toEqual({ file: "f", line: 2, column: 42 });
    expect(server?.options.get("check")?.position).toEqual({ file: "f", line: 2, column: 30 });
  });

  it("may be made by a template", () => {
    const [server] = proxy("backend a\n server-template cp 1-3 cp.example.com:6443 check\n").servers;
    expect([server?.keyword.value, server?.name.value, server?.host, server?.port]).toEqual([
      "server-template",
      "cp",
      "cp.example.com",
      6443,
    ]);
  });
});

describe("addresses", () => {
  it.each([
    ["*:6443", "*", undefined, 6443, 6443],
    [":6443", "", undefined, 6443, 6443],
    [":::8443", "::", 6, 8443, 8443],
    ["[::]:8443", "::", 6, 8443, 8443],
    ["ipv4@:8443", "", 4, 8443, 8443],
    ["ipv6@*:8443", "*", 6, 8443, 8443],
    ["tcp4@10.0.0.1:1", "10.0.0.1", 4, 1, 1],
    ["10.0.0.1:8000-8010", "10.0.0.1", 4, 8000, 8010],
    ["2001:db8::1:6443", "2001:db8::1", 6, 6443, 6443],
    ["[2001:DB8::1]", "2001:db8::1", 6, undefined, undefined],
    ["10.0.0.1", "10.0.0.1", 4, undefined, undefined],
    ["cp1.example.com:6443", "cp1.example.com", undefined, 6443, 6443],
    ["10.0.0.1:+1", "10.0.0.1", 4, undefined, undefined],
    ["/run/haproxy.sock", "/run/haproxy.sock", undefined, undefined, undefined],
    ["unix@run:1", "unix@run:1", undefined, undefined, undefined],
    ["", "", undefined, undefined, undefined],
  ])("%s", (text, host, family, firstPort, lastPort) => {
    expect(parseHaproxyAddress(text)).toEqual({ host, family, firstPort, lastPort });
  });

  it("several on a bind line", () => {
    const { binds } = proxy("frontend a\n bind *:1,:::2 v6only\n");
    expect(binds.map(({ address, port, options }) => [address.position.column, port, options.length])).toEqual([
      [7, 1, 1],
      [11, 2, 1],
    ]);
  });
});

it.each([
  ["5000", 5000],
  ["0", 0],
  ["1500us", 2],
  ["300ms", 300],
  ["5s", 5000],
  ["1m", 60_000],
  ["4h", 14_400_000],
  ["1d", 86_400_000],
  ["25d", undefined],
  ["5 s", undefined],
  ["1m30s", undefined],
  ["1.5s", undefined],
  ["-1", undefined],
  ["", undefined],
])("the time %j", (text, expected) => expect(parseHaproxyTime(text)).toBe(expected));

it("finds the backends of a frontend", () => {
  const text = "frontend a\n default_backend x\n use_backend y if { src 10.0.0.1 }\n default_backend z\n";
  expect(proxy(text).backends.map(({ value }) => value)).toEqual(["y", "z"]);
});

it("knows quotes, escapes and comments", () => {
  const text = `backend a # a comment\n http-request return string "a # \\"b\\" c" if { path -m reg ^/\\d+$ }#x\n`;
  expect(proxy(text).keywords[0]?.arguments.map(({ value }) => value)).toEqual([
    "string",
    'a # "b" c',
    "if",
    "{",
    "path",
    "-m",
    "reg",
    String.raw`^/\d+$`,
    "}",
  ]);
});

describe("problems", () => {
  it.each([
    ["global\n maxcon 5\n", ['2:2 haproxy knows no "maxcon" in global']],
    ["listen a\n option redispach\n", ['2:2 haproxy knows no "redispach" behind option']],
    ["listen a\n timeout conect 5s\n", ['2:2 haproxy knows no "conect" behind timeout']],
    ["listen a\n server x 10.0.0.1:1 chek inter 2s\n", ['2:22 haproxy knows no "chek" on a server line']],
    ["listen a\n bind *:1 v4v6 interface eth0 transparen\n", ['2:31 haproxy knows no "transparen" on a bind line']],
    ["listen a\n timeout connect 5x\n", ['2:18 timeout connect is "5x", which is no time']],
    ["listen a\n timeout connect\n", ["2:2 timeout connect has no time"]],
    ["listen\n mode tcp\n", ["1:1 listen has no name"]],
    ["listen a 10.0.0.1:80\n", ['1:10 haproxy takes no "10.0.0.1:80" behind the name of a listen']],
    ["mode tcp\n", ['1:1 "mode" stands outside of all sections']],
    ["global\n daemon", ["2:8 the last line has no end, so haproxy takes the file for cut off"]],
    ['listen a\n log-format "x\n', ['2:13 the quote " is not closed']],
    ["listen a\n server {{ name }} {{ address }}:6443\n", ['2:9 "{{" is what a template or a text editor left behind']],
    ["listen a\n **bind *:1**\n", ['2:2 "**bind" is what a template or a text editor left behind']],
    // haproxy puts in variables itself, here and within quotes.
    ['listen a\n bind *:${PORT}\n server x "${ADDRESS}:6443"\n', []],
    ["global\n nbproc 1\n", []],
    ["global\n no log\n tune.ssl.whatever 1\n", []],
    ["peers a\n whatever 1\nresolvers b\n whatever 2\n", []],
    [".if defined(X)\nglobal\n daemon\n.endif\n", []],
    ["", []],
  ])("%j", (text, expected) => expect(problems(text)).toEqual(expected));
});

it("is not slowed down by what many sections inherit", () => {
  const text = `defaults\n${" option redispatch\n".repeat(20_000)}${"backend a\n".repeat(20_000)}`;
  // Time of this process, not of the machine: others may be busy beside it.
  const begin = process.cpuUsage();
  read(text);
  expect(process.cpuUsage(begin).user / 1000).toBeLessThan(2000);
});
