import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, it } from "vitest";

import { runBuilt } from "../support/built.ts";

const directory = mkdtempSync(join(tmpdir(), "kubeadm-ha-native-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const env = { PATH: process.env["PATH"] ?? "" };

// Each is refused by the installed program itself, on the third line.
const files = {
  "keepalived.conf": "vrrp_instance VI_1 {\n    interface lo\n    virtual_rooter_id 7\n}\n",
  "haproxy.cfg": "global\n  maxconn 100\n  maxcon 100\ndefaults\n  mode tcp\n",
  "nginx.conf": "events {\n}\nstraem {\n}\n",
};

describe.each(Object.entries(files))("validate --native, of %s", (name, text) => {
  writeFileSync(join(directory, name), text);

  it("says at which line the program refuses it", () => {
    const { code, out } = runBuilt(["validate", "--native", name], { cwd: directory, env });
    expect(code).toBe(1);
    expect(out).toMatch(new RegExp(`^${name}:3:1 \\w+: error: .*\\[native\\]$`, "m"));
    expect(out).not.toContain(directory);
  });

  it("without it asks nobody", () => {
    expect(runBuilt(["validate", name], { cwd: directory, env }).out).not.toContain("[native]");
  });
});
