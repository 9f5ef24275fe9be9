import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { ordinary } from "../support/configurations.ts";
import { runWith } from "../support/io.ts";
import { temporaryDirectory } from "../support/temporary.ts";

const token = "abcdef.0123456789abcdef";
const hash = `sha256:${"0123456789abcdef".repeat(4)}`;
const key = "fedcba9876543210".repeat(4);
const command = `kubeadm join 192.168.10.100:8443 --token ${token} --discovery-token-ca-cert-hash ${hash} --control-plane --certificate-key ${key}\n`;
const secrets = [token, hash, key];

const documents = `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
certificateKey: ${key}
bootstrapTokens:
- token: ${token}
---
apiVersion: v1
kind: Secret
metadata: {name: x}
stringData: {password: correct-horse-battery}
`;

const held = (text: string, list: readonly string[] = secrets): readonly string[] =>
  list.filter((secret) => text.includes(secret));

describe("join secrets", () => {
  const files = { "ha.yaml": ordinary, join: command };

  test("are never printed", async () => {
    for (const format of ["files", "json"]) {
      const { code, out, err } = await runWith(files, "render", "--join-command-file", "join", "--format", format);
      expect({ code, out, err }).toEqual({
        code: 2,
        out: "",
        err: "error: --join-command-file needs -o DIR: secrets are never printed\n",
      });
    }
  });

  test("go into the kubeadm.yaml of the nodes that join, with mode 0600, and into no other file", async () => {
    const directory = join(temporaryDirectory(), "out");
    const { code, out, err } = await runWith(files, "render", "--join-command-file", "join", "-o", directory);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(held(err)).toEqual([]);
    const paths = readFileSync(join(directory, ".kubeadm-ha-files"), "utf8").split("\n").slice(0, -1);
    const holders = paths.filter((path) => held(readFileSync(join(directory, path), "utf8")).length > 0);
    expect(holders).toEqual(["cp2/etc/kubeadm-ha/kubeadm.yaml", "cp3/etc/kubeadm-ha/kubeadm.yaml"]);
    for (const path of holders) {
      expect(held(readFileSync(join(directory, path), "utf8"))).toEqual(secrets);
      expect(statSync(join(directory, path)).mode & 0o777).toBe(0o600);
    }
  });

  test("are taken from standard input too, and leave with the next render without them", async () => {
    const directory = join(temporaryDirectory(), "out");
    const path = join(directory, "cp2/etc/kubeadm-ha/kubeadm.yaml");
    await runWith({ ...files, "-": command }, "render", "--join-command-file", "-", "-o", directory);
    expect(held(readFileSync(path, "utf8"))).toEqual(secrets);
    await runWith(files, "render", "-o", directory);
    expect(existsSync(path)).toBe(false);
  });

  test("are not shown by diff, neither those in the directory nor those that would come", async () => {
    const directory = join(temporaryDirectory(), "out");
    await runWith(files, "render", "-o", directory);
    const coming = await runWith(files, "diff", "--join-command-file", "join", directory);
    expect({ code: coming.code, held: held(coming.out + coming.err) }).toEqual({ code: 1, held: [] });
    await runWith(files, "render", "--join-command-file", "join", "-o", directory);
    // What was filled in cannot be compared without the secrets, and is no difference.
    const going = await runWith(files, "diff", directory);
    expect({ code: going.code, held: held(going.out + going.err) }).toEqual({ code: 0, held: [] });
  });

  test("without them the joiners get everything but kubeadm.yaml, and stderr says why", async () => {
    const { out, err } = await runWith(files, "render");
    expect(err).toContain(
      "[render] No kubeadm.yaml for cp2, cp3: a join needs secrets; RUNBOOK.md has the two commands\n",
    );
    expect(out).toContain("# ==> cp2/etc/kubernetes/manifests/keepalived.yaml");
    expect(out).not.toContain("# ==> cp2/etc/kubeadm-ha/kubeadm.yaml");
    expect(out).not.toContain("KUBEADM_HA_FACT_");
  });

  test.each([
    [
      "an empty file",
      "",
      "holds neither a `kubeadm join` command nor a JoinConfiguration; found nothing: the file is empty",
    ],
    [
      "prose",
      `the token is\n${token}`,
      "holds neither a `kubeadm join` command nor a JoinConfiguration; found 2 lines without either",
    ],
    [
      "a token of another form",
      command.replace(token, "ABC.def"),
      "has a token that is not of the form abcdef.0123456789abcdef; found a kubeadm join command",
    ],
    [
      "no hash",
      command.replace(/--discovery-token-ca-cert-hash \S+ /, ""),
      "has no hash of the cluster's CA certificate (--discovery-token-ca-cert-hash sha256:…); found a kubeadm join command",
    ],
    [
      "a cut key",
      command.replace(key, key.slice(1)),
      "has a certificate key that is not 64 hexadecimal digits; found a kubeadm join command",
    ],
    [
      "a malformed token in a JoinConfiguration",
      "apiVersion: kubeadm.k8s.io/v1beta4\nkind: JoinConfiguration\ndiscovery: {bootstrapToken: {token: swordfish}}\n",
      "has a token that is not of the form abcdef.0123456789abcdef; found a JoinConfiguration",
    ],
  ])("%s is refused without a secret in the message", async (_, text, message) => {
    const directory = join(temporaryDirectory(), "out");
    const result = await runWith({ ...files, join: text }, "render", "--join-command-file", "join", "-o", directory);
    expect(result).toEqual({
      code: 2,
      out: "",
      err: `error: join: ${message}, expected what join-command.sh prints on the first node\n`,
    });
    expect(existsSync(directory)).toBe(false);
  });
});

describe("secrets of the user's own documents", () => {
  const files = { "ha.yaml": ordinary, "kubeadm.yaml": documents };
  const all = [token, key, "correct-horse-battery"];

  test.each(["files", "json"])("are not printed as %s", async (format) => {
    const { code, out, err } = await runWith(files, "render", "--kubeadm-config", "kubeadm.yaml", "--format", format);
    expect({ code, held: held(out + err, all) }).toEqual({ code: 0, held: [] });
    expect(out.split("REDACTED").length).toBeGreaterThan(3);
  });

  test("are in the file that kubeadm reads, and in no other", async () => {
    const directory = join(temporaryDirectory(), "out");
    await runWith(files, "render", "--kubeadm-config", "kubeadm.yaml", "-o", directory);
    const paths = readFileSync(join(directory, ".kubeadm-ha-files"), "utf8").split("\n").slice(0, -1);
    const holders = paths.filter((path) => held(readFileSync(join(directory, path), "utf8"), all).length > 0);
    expect(holders).toEqual(["cp1/etc/kubeadm-ha/kubeadm.yaml"]);
    expect(held(readFileSync(join(directory, holders[0] ?? ""), "utf8"), all)).toEqual(all);
  });

  test("are not in a plan that is written, nor shown by config view, validate or diff", async () => {
    const directory = join(temporaryDirectory(), "out");
    const given = ["--kubeadm-config", "kubeadm.yaml"];
    await runWith(files, "render", ...given, "--format", "json", "-o", directory);
    expect(held(readFileSync(join(directory, "plan.json"), "utf8"), all)).toEqual([]);
    const tree = join(temporaryDirectory(), "out");
    await runWith({ "ha.yaml": ordinary }, "render", "-o", tree);
    for (const argv of [
      ["config", "view", ...given],
      ["validate", ...given, "ha.yaml"],
      ["diff", ...given, tree],
    ]) {
      const { out, err } = await runWith(files, ...argv);
      expect(held(out + err, all), argv.join(" ")).toEqual([]);
    }
  });

  test("a malformed one is not repeated in the message", async () => {
    const bad = documents.replace(token, "swordfish-swordfish").replace(key, "not-a-key-not-a-key");
    const { code, out, err } = await runWith(
      { ...files, "kubeadm.yaml": bad },
      "validate",
      "--kubeadm-config",
      "kubeadm.yaml",
      "ha.yaml",
    );
    expect(code).toBe(1);
    expect(held(out + err, ["swordfish", "not-a-key"])).toEqual([]);
  });
});
