import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import type { Located } from "../../src/model/located.ts";
import type { KeepalivedModel } from "../../src/model/vrrp.ts";
import { keepalivedDialect } from "../../src/readers/dialects.ts";
import { readKeepalived } from "../../src/readers/keepalived.ts";
import type { ReadSource } from "../../src/readers/reading.ts";
import { readStatements } from "../../src/readers/statements.ts";
import type { Statement } from "../../src/readers/syntax.ts";
import { type Leaf, wordEnd } from "../support/leaf.ts";
import { readKeepalived as readLeaves } from "../support/read-keepalived.ts";

const manifests = join(import.meta.dirname, "../../manifests");
const rendered = readdirSync(manifests, { recursive: true, encoding: "utf8" }).filter((path) =>
  path.endsWith("keepalived.conf"),
);

describe("our own files", () => {
  it("are all there", () => expect(rendered.length).toBeGreaterThan(50));

  it.each(rendered)("%s", (path) => {
    const text = readFileSync(join(manifests, path), "utf8");
    const { model } = readKeepalived({ file: path, text });
    expect([model.problems, model.unknown, model.residue, model.unread]).toEqual([[], [], [], []]);
    expect(leavesOf(readStatements({ file: path, text }, keepalivedDialect).statements)).toEqual(readLeaves(text));
    const [instance] = model.instances;
    const written = (keyword: string): string | undefined => new RegExp(`^ *${keyword} (\\S+)$`, "m").exec(text)?.[1];
    expect(model.globals.routerID?.value).toBe(written("router_id"));
    expect(instance?.virtualRouterID?.value).toBe(Number(written("virtual_router_id")));
    expect(instance?.priority?.value).toBe(Number(written("priority")));
    expect(instance?.advertisementInterval?.value).toBe(Number(written("advert_int")));
    expect(instance?.unicastSource?.value).toBe(written("unicast_src_ip"));
    const addresses = [instance?.addresses ?? [], instance?.excludedAddresses ?? []].flat();
    expect(addresses.map(({ address }) => address.value)).toEqual(
      [...text.matchAll(/^ +(\S+\/(?:32|128))/gm)].map((match) => match[1]),
    );
    expect(
      placesOf(model).filter(
        ({ value, position }) =>
          !lineOf(text, position.line)
            .slice(position.column - 1)
            .replace(/^"/, "")
            .startsWith(String(value)),
      ),
    ).toEqual([]);
  });
});

/** Every text and number with its place. */
function placesOf(value: unknown): readonly Located<string | number>[] {
  if (Array.isArray(value)) return value.flatMap(placesOf);
  if (typeof value !== "object" || value === null) return [];
  const entry = value as Partial<Located<unknown>>;
  if (entry.position !== undefined && (typeof entry.value === "string" || typeof entry.value === "number"))
    return [entry as Located<string | number>];
  return Object.values(value).flatMap(placesOf);
}

function lineOf(text: string, line: number): string {
  return text.split("\n")[line - 1] ?? "";
}

function leavesOf(statements: readonly Statement[], path: readonly string[] = []): readonly Leaf[] {
  return statements.flatMap(({ words, block }) => {
    const text = words.map((word) => word.text).join(wordEnd);
    const own = { path: path.join("/"), value: block === undefined ? text : `block ${text}` };
    return [own, ...(block === undefined ? [] : leavesOf(block, [...path, text]))];
  });
}

function read(text: string, more: Partial<ReadSource> = {}): KeepalivedModel {
  return readKeepalived({ file: "f", text, ...more }).model;
}

function problemsOf(text: string, more: Partial<ReadSource> = {}): readonly string[] {
  return readKeepalived({ file: "f", text, ...more }).model.problems.map(
    ({ position, message }) => `${position.line}:${position.column} ${message}`,
  );
}

describe("forms of the same", () => {
  it.each([
    "vrrp_instance a {\n virtual_ipaddress {\n 192.0.2.9/32 dev eth0\n }\n}",
    "vrrp_instance a { virtual_ipaddress { 192.0.2.9/32 dev eth0 } }",
    "vrrp_instance a{virtual_ipaddress{192.0.2.9/32 dev eth0}}",
    "vrrp_instance a\n{\n virtual_ipaddress\n {\n 192.0.2.9/32 dev eth0\n }\n}",
    "vrrp_instance a {\r\n virtual_ipaddress {\r\n 192.0.2.9/32 dev eth0 # x }\r\n }\r\n}\r\n",
    "$VIP=192.0.2.9/32\nvrrp_instance a { virtual_ipaddress { $VIP dev eth0 } }",
    "$IP=192.0.2\nvrrp_instance a { virtual_ipaddress { ${IP}.9/32 dev eth0 } }",
    "$ALL=virtual_ipaddress { \\\n 192.0.2.9/32 dev eth0 \\\n }\nvrrp_instance a {\n $ALL\n}",
    "~SEQ(N, 9, 12) vrrp_instance a { virtual_ipaddress { 192.0.2.${N}/32 dev eth0 } }",
    "@one vrrp_instance a {\n@two vrrp_instance b {\n virtual_ipaddress { 192.0.2.9/32 dev eth0 } }",
  ])("%j", (text) => {
    const [instance] = read(text).instances;
    expect(instance?.name.value).toBe("a");
    expect(instance?.addresses).toMatchObject([{ address: { value: "192.0.2.9/32" }, device: { value: "eth0" } }]);
    expect(problemsOf(text)).toEqual([]);
  });
});

describe("lines for one machine", () => {
  const text = "vrrp_instance a {\n@cp1 priority 1\n@cp2 priority 2\n@^cp1 nopreempt\n}";

  it("are read for the machine that is named", () => {
    const [instance] = read(text, { node: "cp2" }).instances;
    expect(instance).toMatchObject({
      priority: { value: 2, position: { line: 3, column: 15 } },
      nopreempt: { value: true },
    });
  });

  it("are read for the first machine where none is named", () => {
    const [instance] = read(text).instances;
    expect(instance).toMatchObject({ priority: { value: 1 }, nopreempt: undefined });
  });
});

describe("includes", () => {
  const files: Readonly<Record<string, string>> = {
    "instance.conf": "vrrp_instance a {\n include inner.conf\n}",
    "inner.conf": "priority $PRIORITY # seven",
    "loop.conf": "include loop.conf",
  };
  const lookup = (path: string) => (path in files ? [{ file: path, text: files[path] ?? "" }] : []);

  it("are read in their place, with their own positions", () => {
    const { model } = readKeepalived({ file: "f", text: "$PRIORITY=7\ninclude instance.conf", lookup });
    expect(model.instances[0]?.priority).toEqual({ value: 7, position: { file: "inner.conf", line: 1, column: 10 } });
  });

  it("that were not given are told", () => {
    expect(read("include /etc/keepalived/conf.d/*.conf", { lookup }).unread).toMatchObject([
      { value: "/etc/keepalived/conf.d/*.conf", position: { line: 1, column: 9 } },
    ]);
  });

  it("that include themselves are a problem", () => {
    expect(problemsOf("include loop.conf", { lookup })).toHaveLength(1);
  });
});

describe("what is not well formed", () => {
  it.each([
    ["vrrp_instance a {\n priority 1\n", ["1:1 the block vrrp_instance is not closed"]],
    ["}\nvrrp_instance a {\n}", ["1:1 this } belongs to nothing"]],
    ["{ }", ["1:1 this { belongs to nothing"]],
    ["vrrp_instance a {\n priority one\n}", ['2:11 priority is "one", which is no number']],
    ["vrrp_instance a {\n priority\n}", ["2:2 priority has no value"]],
    ['vrrp_script a {\n script "x y\n}', ['2:9 the quote " is not closed']],
  ])("%j", (text, expected) => expect(problemsOf(text)).toEqual(expected));

  it("does not hide what stands behind a brace that is missing", () => {
    const model = read("vrrp_script a {\n interval 2\nvrrp_instance b {\n priority 7\n}\n");
    expect(model.scripts[0]?.interval?.value).toBe(2);
    expect(model.instances[0]?.priority?.value).toBe(7);
    expect(model.unknown).toEqual([]);
  });
});

describe("what keepalived does not know", () => {
  it.each([
    ["prioritty 1", ["1:1 prioritty in "]],
    ["vrrp_instance a {\n script_user root\n}", ["2:2 script_user in vrrp_instance"]],
    ["global_defs {\n x {\n y\n }\n}", ["2:2 x in global_defs"]],
    ["virtual_server 1.2.3.4 5 { real_server 1.2.3.4 5 { HTTP_GET { url { path / pathh } } } }", []],
    [
      "virtual_server 1.2.3.4 5 {\nreal_server 1.2.3.4 5 {\nHTTP_GET {\nurl {\npathh /\n}\n}\n}\n}",
      ["5:1 pathh in url"],
    ],
    ["virtual_server_group a { 1.2.3.4 5 }\nstatic_ipaddress { 1.2.3.4 }\nvrrp_instance a { track_file { x } }", []],
    ["track_file x { file /a weigth 1 }", []],
    ["track_file x {\nfile /a\nweigth 1\n}", ["3:1 weigth in track_file"]],
  ])("%j", (text, expected) =>
    expect(
      read(text).unknown.map(
        ({ value, position, block }) => `${position.line}:${position.column} ${value} in ${block}`,
      ),
    ).toEqual(expected),
  );
});

it("finds what templates left", () => {
  const text = `global_defs {
 router_id {{ name }}
 script_user $USER
}
vrrp_script a {
 script "/bin/sh -c 'echo \${A} $B'"
}
vrrp_instance __NAME__ {
 **priority 100**
 interface <INTERFACE>
 virtual_ipaddress {
 \${VIP}
 \${_ENV VIP}
 }
}`;
  expect(read(text).residue.map(({ value }) => value)).toEqual([
    "{{ name }}",
    "$USER",
    "__NAME__",
    "**priority",
    "<INTERFACE>",
    "${VIP}",
  ]);
});

it("joins what global_defs, the sync group and the instance say", () => {
  const model = read(`global_defs {
 vrrp_version 3
 vrrp_check_unicast_src
 vrrp_garp_master_refresh 30
}
vrrp_sync_group g {
 group {
 a
 }
 track_script {
 x weight -3
 }
}
vrrp_instance a {
 garp_master_refresh 10
 unicast_peer {
 }
}`);
  expect(model.instances[0]).toMatchObject({
    version: { value: 3, position: { line: 2 } },
    checksSource: { value: true },
    garpRefresh: { value: 10 },
    peers: [],
    trackedScripts: [{ name: { value: "x" }, weight: { value: -3 } }],
  });
});
