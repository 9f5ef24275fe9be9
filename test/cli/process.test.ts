import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { spawnSync } from "node:child_process";

import { describe, expect, test } from "vitest";

import { builtProgram, runBuilt } from "../support/built.ts";
import { changed, ordinary } from "../support/configurations.ts";
import { messageProblem } from "../support/terminal.ts";
import { temporaryDirectory } from "../support/temporary.ts";

describe("the built program", () => {
  test("prints the answer on stdout alone and ends with 0", () => {
    const { code, out, err } = runBuilt(["render", "--config", "-"], { input: ordinary });
    expect(code).toBe(0);
    expect(out.startsWith("# ==> cp1/etc/")).toBe(true);
    expect(err).toMatch(/^\[render\] No kubeadm\.yaml for cp2, cp3: /);
  });

  test("ends with 1, 2 and 3 as promised", () => {
    const bad = changed("name: cp2", "name: cp1");
    expect(runBuilt(["validate", "-"], { input: bad }).code).toBe(1);
    expect(runBuilt(["validate", "-"], { input: ordinary }).code).toBe(0);
    expect(runBuilt(["render", "--config", "-"], { input: bad })).toMatchObject({ code: 2, out: "" });
    expect(runBuilt(["render", "--config", "/nonexistent/ha.yaml"])).toMatchObject({ code: 3, out: "" });
    expect(runBuilt(["render", "--config", "/"])).toMatchObject({ code: 3, out: "" });
  });

  test("reads ./ha.yaml", () => {
    const directory = temporaryDirectory();
    expect(runBuilt(["render"], { cwd: directory })).toMatchObject({ code: 2, out: "" });
    writeFileSync(join(directory, "ha.yaml"), ordinary);
    expect(runBuilt(["render"], { cwd: directory }).code).toBe(0);
  });

  test("names the file as it was given, and obeys nothing in its name", () => {
    const directory = temporaryDirectory();
    const name = join(directory, "\u001b[31mred.yaml");
    writeFileSync(name, "a: [\n");
    const { err } = runBuilt(["render", "--config", name]);
    expect(messageProblem(err)).toBe("");
    expect(messageProblem(runBuilt(["render", "--config", `${name}x`]).err)).toBe("");
  });

  test.each([{ NO_COLOR: "1" }, { FORCE_COLOR: "1" }, { TERM: "dumb" }, {}])("is plain text with %j", (env) => {
    const { out, err } = runBuilt(["validate", "-"], { input: changed("name: cp2", "name: cp1"), env });
    expect(messageProblem(out + err)).toBe("");
  });

  test("a reader that goes away is no error", () => {
    const script = `"$0" "$1" render --config "$2" 2>/dev/null | head -c 10; exit "\${PIPESTATUS[0]}"`;
    const file = join(temporaryDirectory(), "ha.yaml");
    writeFileSync(file, ordinary);
    const { status, stderr } = spawnSync("bash", ["-c", script, process.execPath, builtProgram, file], {
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  test("a full disk is a matter of the surroundings", () => {
    const file = join(temporaryDirectory(), "ha.yaml");
    writeFileSync(file, ordinary);
    const words = ["-c", `exec "$0" "$1" render --config "$2" >/dev/full`, process.execPath, builtProgram, file];
    const { status, stderr } = spawnSync("bash", words, { encoding: "utf8" });
    expect(status).toBe(3);
    expect(stderr).toMatch(/error: cannot write: /);
    expect(messageProblem(stderr)).toBe("");
  });

  test("a directory that may not be written is a matter of the surroundings", () => {
    const open = temporaryDirectory();
    chmodSync(open, 0o755);
    for (const name of ["kubeadm-ha.cjs", "program.cjs"])
      copyFileSync(join(dirname(builtProgram), name), join(open, name));
    const closed = join(open, "closed");
    mkdirSync(closed, { mode: 0o500 });
    const words = [join(open, "kubeadm-ha.cjs"), "render", "--config", "-", "-o", join(closed, "out")];
    // Root may write everywhere, so the program runs as nobody.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const { status, stdout, stderr } = spawnSync(process.execPath, words, {
      input: ordinary,
      encoding: "utf8",
      cwd: "/",
      ...nobody,
    });
    expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
    expect(stderr).toMatch(/^error: cannot (read|write) .*EACCES/m);
  });

  test("a place that cannot be written is a matter of the surroundings", () => {
    const { code, out, err } = runBuilt(["render", "--config", "-", "-o", "/proc/kubeadm-ha"], { input: ordinary });
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(messageProblem(err)).toBe("");
  });
});
