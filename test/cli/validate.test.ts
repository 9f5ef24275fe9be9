import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { parse as parseJunit } from "junit2json";
import { describe, expect, test } from "vitest";

import { runBuilt } from "../support/built.ts";
import { changed, ordinary } from "../support/configurations.ts";
import { temporaryDirectory } from "../support/temporary.ts";

const keepalived = `global_defs {
    enable_script_security
    script_user root
    vrrp_garp_master_refresh 60
}
vrrp_script check {
    script "/etc/keepalived/check.sh"
    interval 1
    timeout 3
}
vrrp_instance VI_1 {
    state MASTER
    interface eth0
    virtual_router_id 77
    priority 250
    virtual_ipaddress {
        192.168.10.100/32
    }
    track_script {
        check
    }
}
`;

describe("validate, of a directory", () => {
  test("says what was recognised and left out, and names every place", () => {
    const directory = tree({
      "cluster/ha.yaml": changed("name: cp2", "name: cp1"),
      "cluster/keepalived.conf": keepalived,
      "chart/templates/pod.yaml": "kind: Pod\nname: {{ .Values.name }}\n",
      "node_modules/x/keepalived.conf": "vrrp_instance x {\n",
      "notes.txt": "nothing\n",
      "picture.png": "\u0000\u0001",
    });
    const { code, out, err } = runBuilt(["validate", "."], { cwd: directory });
    expect(code).toBe(1);
    expect(out).toMatch(/^cluster\/ha\.yaml:12:\d+ .*\[duplicate-node\]$/m);
    expect(out).toMatch(/^cluster\/keepalived\.conf:12:11 .*\[KA11\]$/m);
    expect(out).toContain("  12 |     state MASTER\n     |           ^\n");
    expect(err).toContain("[validate] recognized: HAConfiguration, keepalived configuration\n");
    expect(err).toMatch(/\[validate\] left out: .*node_modules/);
    expect(err).toMatch(/left out: .*Helm template/);
    expect(out).not.toContain("node_modules");
  });

  test("leaves out what --exclude names", () => {
    const directory = tree({ "a/keepalived.conf": keepalived, "b/keepalived.conf": keepalived });
    const { out } = runBuilt(["validate", "--exclude", "b/**", "--exclude", "nothing", "."], { cwd: directory });
    expect(out).toContain("a/keepalived.conf:12");
    expect(out).not.toContain("b/keepalived.conf");
  });

  test("looks inside cloud-init's files and Cluster API's", () => {
    const indented = keepalived.replaceAll(/^/gm, "      ").trimEnd();
    const directory = tree({
      "user-data.yaml": `#cloud-config\nwrite_files:\n  - path: /etc/keepalived/keepalived.conf\n    permissions: "0644"\n    content: |\n${indented}\n`,
      "encoded.yaml": `#cloud-config\nwrite_files:\n  - path: /etc/keepalived/keepalived.conf\n    encoding: b64\n    content: ${Buffer.from(keepalived).toString("base64")}\n`,
      "kcp.yaml": `apiVersion: controlplane.cluster.x-k8s.io/v1beta1\nkind: KubeadmControlPlane\nspec:\n  kubeadmConfigSpec:\n    files:\n    - path: /etc/keepalived/keepalived.conf\n      content: |\n${keepalived.replaceAll(/^/gm, "        ").trimEnd()}\n`,
    });
    const { out } = runBuilt(["validate", "."], { cwd: directory });
    expect(out).toMatch(/^user-data\.yaml:17:17 .*\[KA11\]$/m);
    expect(out).toMatch(/^encoded\.yaml:5:14 .*\[KA11\]$/m);
    expect(out).toMatch(/^kcp\.yaml:19:19 .*\[KA11\]$/m);
  });
});

describe("validate, with rules left out", () => {
  test.each([
    ["on the line", "state MASTER # kubeadm-ha: ignore KA11 one node only"],
    ["above the line", "# kubeadm-ha: ignore KA11 one node only\n    # and another comment\n    state MASTER"],
    ["in a list", "state MASTER # kubeadm-ha: ignore KA01, KA11 one node only"],
    ["in the whole file", "# kubeadm-ha: ignore-file KA11 one node only\n\n\n    state MASTER"],
  ])("by a comment %s", (_, text) => {
    const directory = tree({ "keepalived.conf": keepalived.replace("state MASTER", text) });
    const { out, err } = runBuilt(["validate", "keepalived.conf"], { cwd: directory });
    expect(out).not.toContain("KA11");
    expect(err).toContain("[validate] 1 suppressed by comments\n");
  });

  test("by a comment of another rule nothing is left out", () => {
    const directory = tree({ "keepalived.conf": keepalived.replace("MASTER", "MASTER # kubeadm-ha: ignore KA12 x") });
    expect(runBuilt(["validate", "."], { cwd: directory }).out).toContain("KA11");
  });

  test("by --ignore", () => {
    const directory = tree({ "keepalived.conf": keepalived });
    expect(runBuilt(["validate", "--ignore", "KA11", "."], { cwd: directory }).out).not.toContain("KA11");
  });
});

describe("validate --fix", () => {
  const text = keepalived.replace(
    "    virtual_router_id",
    "    dont_track_primary # kept out of habit\n    virtual_router_id",
  );

  test("prints a diff and changes nothing", () => {
    const directory = tree({ "keepalived.conf": text });
    const { code, out, err } = runBuilt(["validate", "--fix", "keepalived.conf"], { cwd: directory });
    expect(code).toBe(0);
    expect(out).toMatch(/^-    state MASTER$/m);
    expect(out).toMatch(/^\+    state BACKUP$/m);
    expect(out).toMatch(/^-    dont_track_primary/m);
    expect(err).toContain("[validate] 1 file would change");
    expect(readFileSync(join(directory, "keepalived.conf"), "utf8")).toBe(text);
  });

  test("with --write makes the changes and keeps everything else", () => {
    const directory = tree({ "keepalived.conf": text });
    expect(runBuilt(["validate", "--fix", "--write", "keepalived.conf"], { cwd: directory }).code).toBe(0);
    const changed = readFileSync(join(directory, "keepalived.conf"), "utf8");
    expect(changed).toContain("state BACKUP");
    expect(changed).not.toMatch(/^\s*dont_track_primary/m);
    expect(changed.split("\n").filter((line) => !text.includes(line))).toEqual([
      "    state BACKUP",
      "     # kept out of habit",
    ]);
    expect(runBuilt(["validate", "keepalived.conf"], { cwd: directory }).out).not.toContain("KA11");
  });
});

describe("validate, in every shape", () => {
  const files = { "x & y/keepalived.conf": keepalived.replace("eth0", 'e"th<0>'), "ha.yaml": ordinary };

  test("json has every finding with its place", () => {
    const { out } = runBuilt(["validate", "--format", "json", "."], { cwd: tree(files) });
    const report = JSON.parse(out) as { findings: Record<string, unknown>[]; files: unknown[]; summary: unknown };
    expect(report.findings.find(({ rule }) => rule === "KA11")).toMatchObject({
      severity: "warning",
      file: "x & y/keepalived.conf",
      line: 12,
      column: 11,
      path: "vrrp_instance VI_1.state",
    });
    expect(report.files).toHaveLength(2);
  });

  test("junit can be read by a JUnit parser", async () => {
    const { out } = runBuilt(["validate", "--format", "junit", "."], { cwd: tree(files) });
    const suites = await parseJunit(out);
    expect(suites).toMatchObject({ tests: 2, failures: 1 });
    expect(JSON.stringify(suites)).toContain("x & y/keepalived.conf");
  });

  test("github has a command a line", () => {
    const { out } = runBuilt(["validate", "--format", "github", "."], { cwd: tree(files) });
    expect(out).toMatch(/^::warning file=x & y\/keepalived\.conf,line=12,col=11,title=KA11::/m);
    for (const line of out.trimEnd().split("\n")) expect(line).toMatch(/^::(?:error|warning|notice) /);
  });

  test("sarif has levels, places and the rules that it names", () => {
    const { out } = runBuilt(["validate", "--format", "sarif", "."], { cwd: tree(files) });
    const [run] = (JSON.parse(out) as { runs: { tool: { driver: { rules: { id: string }[] } }; results: Result[] }[] })
      .runs;
    const result = run?.results.find(({ ruleId }) => ruleId === "KA11");
    expect(result?.level).toBe("warning");
    expect(run?.tool.driver.rules[result?.ruleIndex ?? -1]?.id).toBe("KA11");
    expect(result?.locations[0]?.physicalLocation.artifactLocation.uri).toBe("x%20%26%20y/keepalived.conf");
  });

  test.each(["text", "json", "junit", "sarif", "github"])(
    "%s is the same each time, and no finding is there twice",
    (format) => {
      const cwd = tree({ ...files, "b/keepalived.conf": keepalived, "a/keepalived.conf": keepalived });
      const first = runBuilt(["validate", "--format", format, "."], { cwd });
      expect(runBuilt(["validate", "--format", format, "."], { cwd }).out).toBe(first.out);
      if (format !== "github") return;
      const lines = first.out.trimEnd().split("\n");
      expect(new Set(lines).size).toBe(lines.length);
    },
  );
});

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }[];
}

describe("validate, of what is no configuration", () => {
  const cases: Readonly<Record<string, (path: string) => void>> = {
    "a FIFO": (path) => void execFileSync("mkfifo", [path]),
    "UTF-16": (path) => writeFileSync(path, Buffer.from(`\ufeff${keepalived}`, "utf16le")),
    "binary text": (path) => writeFileSync(path, Buffer.from([0xff, 0xfe, 0, 1, 2, 3])),
    "a link to itself": (path) => symlinkSync("bad.conf", path),
    "11 MiB": (path) => writeFileSync(path, Buffer.alloc(11 * 1024 * 1024, "x")),
  };

  test.each(Object.entries(cases))("%s is a finding among others and never waits", (_, make) => {
    const directory = tree({ "keepalived.conf": keepalived });
    make(join(directory, "bad.conf"));
    const { code, out, signal } = runBuilt(["validate", "."], { cwd: directory });
    expect({ code, signal }).toEqual({ code: 1, signal: null });
    expect(out).toMatch(/^bad\.conf:1:1 \(file\): error: .*\[FI0\d\]$/m);
    expect(out).toContain("KA11");
  });

  test("a directory that leads back into itself is left out", () => {
    const directory = tree({ "a/keepalived.conf": keepalived });
    symlinkSync("..", join(directory, "a/loop"));
    const { code, err } = runBuilt(["validate", "."], { cwd: directory });
    expect(code).toBe(0);
    expect(err).toContain("link to a directory");
  });

  const texts: Readonly<Record<string, string>> = {
    empty: "",
    "10,000 open braces": "vrrp_instance x {\n".repeat(10_000),
    "10,000 open braces on a line": `global_defs ${"{".repeat(10_000)}`,
    "a line of 9 MB": `vrrp_instance x { state ${"M".repeat(9_000_000)}\n}\n`,
    CRLF: keepalived.replaceAll("\n", "\r\n"),
    "a byte order mark": `\ufeff${keepalived}`,
    "no line end": keepalived.trimEnd(),
  };

  test.each(Object.entries(texts))("%s as keepalived.conf, haproxy.cfg and nginx.conf", (_, text) => {
    for (const name of ["keepalived.conf", "haproxy.cfg", "nginx.conf", "check.sh", "pod.yaml"]) {
      const { code, err, signal } = runBuilt(["validate", name], { cwd: tree({ [name]: text }) });
      expect({ name, signal, unexpected: err.includes("unexpected") }).toEqual({
        name,
        signal: null,
        unexpected: false,
      });
      expect([0, 1]).toContain(code);
    }
  });

  test("an alias bomb is refused", () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefghij"
      .split("")
      .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdefghi"[index]}`).join(",")}]`)
      .join("\n")}\nkind: Pod\n`;
    const { code, out } = runBuilt(["validate", "pod.yaml"], { cwd: tree({ "pod.yaml": bomb }) });
    expect(code).toBe(1);
    expect(out).toMatch(/YM01|yaml/);
  });

  test("a file that may not be read is a finding among others, and ends the command when it is alone", () => {
    const directory = tree({ "keepalived.conf": keepalived });
    expect(runBuilt(["validate", "none.yaml"], { cwd: directory })).toMatchObject({ code: 3, out: "" });
    const { code, out } = runBuilt(["validate", "keepalived.conf", "none.yaml"], { cwd: directory });
    expect(code).toBe(1);
    expect(out).toMatch(/^none\.yaml:1:1 \(file\): error: does not exist \[FI01\]$/m);
  });
});

function tree(files: Readonly<Record<string, string>>): string {
  const directory = temporaryDirectory();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(directory, path, ".."), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return directory;
}
