import { describe, expect, it } from "vitest";

import type { NginxModel } from "../../src/model/balancer.ts";
import { parseNginxTime } from "../../src/readers/nginx-time.ts";
import { readNginx } from "../../src/readers/nginx.ts";
import { soundNginx } from "../rules/nginx/sound.ts";

function read(text: string, included: Readonly<Record<string, string>> = {}): NginxModel {
  const lookup = (path: string) => {
    const found = included[path];
    return found === undefined ? [] : [{ file: path, text: found }];
  };
  return readNginx({ file: "f", text, lookup }).model;
}

function problems(text: string): readonly string[] {
  return readNginx({ file: "f", text }).problems.map(
    ({ position: { line, column }, message }) => `${line}:${column} ${message}`,
  );
}

it("reads streams", () => {
  const model = read(soundNginx);
  expect(problems(soundNginx)).toEqual([]);
  expect(model.modules.map(({ value }) => value)).toEqual(["modules/ngx_stream_module.so"]);
  expect(model.workers?.value).toBe("2");
  expect(model.firstBlock?.value).toBe("events");
  const [upstream] = model.upstreams;
  expect([upstream?.name.value, upstream?.method?.value, upstream?.zone?.value]).toEqual([
    "apiservers",
    "least_conn",
    "apiservers",
  ]);
  expect(
    upstream?.servers.map(({ address, maxFails, failTimeout }) => [address.value, maxFails?.value, failTimeout?.value]),
  ).toEqual([11, 12, 13].map((node) => [`192.0.2.${node}:6443`, 1, 5000]));
  expect(upstream?.servers[0]?.maxFails?.position).toEqual({ file: "f", line: 8, column: 32 });
  const [server] = model.servers;
  expect([
    server?.listen[0]?.value,
    server?.proxyPass?.value,
    server?.connectTimeout?.value,
    server?.idleTimeout?.value,
  ]).toEqual(["8443", "apiservers", 2000, 14_400_000]);
});

it("inherits from stream", () => {
  const { servers } = read("stream { proxy_connect_timeout 3s; server { } server { proxy_connect_timeout 1s; } }");
  expect(servers.map(({ connectTimeout }) => connectTimeout?.value)).toEqual([3000, 1000]);
});

describe("include", () => {
  it("puts the file in its place", () => {
    const model = read("include m.conf;\nevents { }\nstream { include s.conf; }\n", {
      "m.conf": "load_module m.so;",
      "s.conf": "upstream u { server 10.0.0.1:6443; }",
    });
    expect(model.modules[0]?.position).toEqual({ file: "m.conf", line: 1, column: 13 });
    expect(model.upstreams[0]?.name.position.file).toBe("s.conf");
    expect(model.includes).toEqual([]);
  });

  it("tells of files that were not given", () => {
    expect(read("include /usr/share/nginx/modules/*.conf;").includes.map(({ value }) => value)).toEqual([
      "/usr/share/nginx/modules/*.conf",
    ]);
  });

  it("ends where files include each other", () => {
    expect(read("include a;", { a: "include b; include b;", b: "include a; include b;" }).upstreams).toEqual([]);
  });
});

describe("problems", () => {
  it.each([
    ["events { }\nstrem { }\n", ['2:1 nginx knows no directive "strem" here']],
    ["stream { server { proxy_conect_timeout 2s; } }", ['1:19 nginx knows no directive "proxy_conect_timeout" here']],
    ["stream { upstream u { server 1; least_con; } }", ['1:33 nginx knows no directive "least_con" here']],
    ["stream { server {", ["1:10 the block server is not closed"]],
    ["stream { server { listen 1 } }", ["1:19 listen has no ; at its end"]],
    [
      "stream { server { proxy_pass {{ upstream }}; } }",
      ['1:30 "{{ upstream }}" is what a template or a text editor left behind'],
    ],
    [
      "http { whatever { a b; } }\nstream { map $x $y { a b; } log_format m '$remote_addr'; server { proxy_pass $y; } }",
      [],
    ],
    ["load_module modules/x.so;\nevents { }\nwhatever 1;\n", []],
    ["include modules/*.conf;\nevents { }\nwhatever 1;\n", []],
    ["upstream u { whatever 1; }", []],
    ["", []],
  ])("%j", (text, expected) => expect(problems(text)).toEqual(expected));
});

it.each([
  ["5", 5000],
  ["5s", 5000],
  ["300ms", 300],
  ["1m", 60_000],
  ["1m30s", 90_000],
  ["1h 30m", 5_400_000],
  ["1d", 86_400_000],
  ["1y", 31_536_000_000],
  ["1x", undefined],
  ["s", undefined],
  ["", undefined],
])("the time %j", (text, expected) => expect(parseNginxTime(text)).toBe(expected));
