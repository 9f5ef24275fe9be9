import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { formatNames } from "../../src/formats/format.ts";
import { changed, ordinary } from "../support/configurations.ts";
import { runOn, runWith } from "../support/io.ts";
import { messageProblem } from "../support/terminal.ts";
import { temporaryDirectory } from "../support/temporary.ts";

describe("wrong usage ends with 2, one line on stderr and nothing on stdout", () => {
  test.each([
    [["rendr"], 'there is no command "rendr"; did you mean render?'],
    [["frobnicate"], 'there is no command "frobnicate"; kubeadm-ha --help lists them'],
    [["render", "--confg", "x"], "there is no flag --confg here; did you mean --config?"],
    [["render", "--zzzzzz"], "there is no flag --zzzzzz here"],
    [["render", "-x"], "there is no flag -x here"],
    [["render", "--strict"], "there is no flag --strict here"],
    [["validate"], "validate needs <paths>; kubeadm-ha validate --help shows how"],
    [["explain"], "explain needs <name>; kubeadm-ha explain --help shows how"],
    [["diff", "a", "b"], "takes no `b`"],
    [["render", "--rootfs", "/"], "there is no flag --rootfs here"],
    [["prepare", "--format", "json"], "there is no flag --format here"],
    [["render", "--vip"], "--vip needs a value"],
    [["render", "--config"], "--config needs a value"],
    [["render", "--failover", "fast", "--failover=fast"], "--failover is given 2 times; give it once"],
    [
      ["render", "-o", "json"],
      "-o is a directory; for the shape write --format json (a directory of this name: -o ./json)",
    ],
    [["render", "--format", "yaml"], `--format yaml is unknown; there are ${formatNames.join(", ")}`],
    [["render", "--format", "constructor"], `--format constructor is unknown; there are ${formatNames.join(", ")}`],
    [
      ["render", "--format", "cloud-init"],
      "--format cloud-init makes user data for each node: choose one with --node NAME, or write all with -o DIR",
    ],
    [
      ["render", "--format", "script"],
      "--format script makes a script for each node: choose one with --node NAME, or write all with -o DIR",
    ],
    [["render", "--node", "cp9"], 'there is no node "cp9"; did you mean cp1?'],
    [["render", "--node", "zzzzzz"], 'there is no node "zzzzzz"; the nodes are cp1, cp2, cp3'],
    [["render", "--node", "cp1", "--node", "cp2"], "--node limits the answer to one node, but cp1 and cp2 were given"],
    [["render", "--join-command-file", "x"], "--join-command-file needs -o DIR: secrets are never printed"],
    [["config", "prnt"], 'config has no action "prnt"; did you mean print?'],
    [["config", "constructor"], 'config has no action "constructor"; there are print, view, schema'],
    [["config", "import"], "config import is not built yet; there are print, view, schema"],
    [["config", "print", "--stack", "kubevip"], "--stack kubevip is unknown; did you mean kube-vip?"],
    [["completion", "tcsh"], 'there is no completion for "tcsh"; there are bash, zsh, fish'],
    [["explain", "port-clsh"], 'nothing is called "port-clsh"; did you mean port-clash?'],
    [["validate", "--format", "jsn", "ha.yaml"], "--format jsn is unknown; did you mean json?"],
    [["validate", "--write", "ha.yaml"], "--write goes with --fix"],
  ])("%j", async (argv, message) => {
    expect(await runOn(ordinary, ...argv)).toEqual({ code: 2, out: "", err: `error: ${message}\n` });
  });

  test.each([
    ["render", "extra"],
    ["render", "--", "extra"],
    ["config", "print", "extra"],
    ["version", "extra"],
    ["validate", "--strict=yes", "ha.yaml"],
  ])("a word too many: %s %s", async (...argv) => {
    const { code, out, err } = await runOn(ordinary, ...argv);
    expect({ code, printed: out.length }).toEqual({ code: 2, printed: 0 });
    expect(err).toMatch(/^error: .+\n$/);
    expect(messageProblem(err)).toBe("");
  });

  test("a directory twice, by its long and its short name", async () => {
    const [first, second] = [join(temporaryDirectory(), "a"), join(temporaryDirectory(), "b")];
    expect(await runOn(ordinary, "render", "-o", first, "--output", second)).toEqual({
      code: 2,
      out: "",
      err: "error: --output is given 2 times; give it once\n",
    });
  });

  test("without a file and without flags, the way to a first file is shown", async () => {
    expect(await runWith({}, "render")).toEqual({
      code: 2,
      out: "",
      err: 'error: there is no ha.yaml here and no --config; "kubeadm-ha config print > ha.yaml" makes a starter\n',
    });
  });
});

describe("flags", () => {
  test("a version is kept as it is typed: 1.30 is not 1.3", async () => {
    const { code, out, err } = await runOn(ordinary, "render", "--kubernetes-version", "1.30");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain('--kubernetes-version kubernetesVersion: error: "1.30" is not a release of Kubernetes');
    expect((await runOn(ordinary, "render", "--kubernetes-version=1.30.10")).out).toContain(
      "kubernetesVersion: v1.30.10\n",
    );
  });

  test("a flag wins over the file, and stderr says so", async () => {
    const { out, err } = await runOn(ordinary, "render", "--interface", "eth9", "--vip", "192.168.10.101");
    expect(err).toContain("[config] --vip replaces virtualIP.addresses of the file\n");
    expect(err).toContain("[config] --interface replaces virtualIP.interface of the file\n");
    expect(out).toContain("192.168.10.101/32 dev eth9");
    expect(out).not.toContain("192.168.10.100");
  });

  test("a flag that says what the file says replaces nothing", async () => {
    expect((await runOn(ordinary, "render", "--interface", "eth0")).err).not.toContain("[config]");
  });

  test("--node NAME=ADDRESS lists nodes, and the list replaces the file's", async () => {
    const { code, out, err } = await runOn(
      ordinary,
      "render",
      "--node",
      "a=192.168.10.51",
      "--node",
      "b=192.168.10.52,interface=ens1",
      "--node=w=192.168.10.61,role=worker",
    );
    expect(code).toBe(0);
    expect(err).toContain("[config] --node replaces nodes of the file\n");
    expect(out).toContain("192.168.10.100/32 dev ens1");
    expect([...out.matchAll(/^# ==> ([^/\n]+)\//gm)].map(([, name]) => name)).not.toContain("cp1");
  });

  test("--node NAME limits the answer to one node, beside nodes that are listed too", async () => {
    const one = await runOn(ordinary, "render", "--node", "cp2");
    expect(new Set([...one.out.matchAll(/^# ==> ([^/\n]+)\//gm)].map(([, name]) => name))).toEqual(new Set(["cp2"]));
    const listed = await runOn(
      ordinary,
      "render",
      "--node",
      "a=192.168.10.51",
      "--node",
      "b=192.168.10.52",
      "--node",
      "b",
    );
    expect(new Set([...listed.out.matchAll(/^# ==> ([^/\n]+)\//gm)].map(([, name]) => name))).toEqual(new Set(["b"]));
  });

  test("a small cluster needs no file", async () => {
    const argv = "render --stack kube-vip --vip 192.168.10.100 --kubernetes-version v1.36.3 --node cp1=192.168.10.11";
    const { code, out } = await runWith({}, ...argv.split(" "));
    expect(code).toBe(0);
    expect(out).toContain("# ==> cp1/etc/kubernetes/manifests/kube-vip.yaml 0600\n");
  });

  test.each(["0x192b", "6.443e3", " 6443", "6443 ", "+6443", "", "0", "65536", "-1", "6443x"])(
    "--apiserver-bind-port %j is no port",
    async (port) => {
      const { code, out } = await runOn(ordinary, "render", "--apiserver-bind-port", port);
      expect({ code, printed: out.length }).toEqual({ code: 2, printed: 0 });
    },
  );

  test.each(["cp9=192.168.10.51,interface=eth0=x", "=192.168.10.51", "cp9=", "cp9=192.168.10.51,rank=1", "cp9=,"])(
    "--node %s is refused",
    async (node) => {
      const { code, out } = await runOn(ordinary, "render", "--node", node);
      expect({ code, printed: out.length }).toEqual({ code: 2, printed: 0 });
    },
  );
});

describe("validate", () => {
  test("reads standard input", async () => {
    expect(await runWith({ "-": ordinary }, "validate", "-")).toMatchObject({ code: 0, out: "" });
    const { code, out } = await runWith({ "-": changed("name: cp2", "name: cp1") }, "validate", "-");
    expect(code).toBe(1);
    expect(out).toMatch(/^\(stdin\):12:10 nodes\[1\]\.name: error: /);
  });

  test("a file whose name begins with a hyphen comes after --", async () => {
    expect(await runWith({ "-x.yaml": ordinary }, "validate", "--", "-x.yaml")).toMatchObject({ code: 0 });
  });

  test("tells of every file, and one bad file is enough for exit code 1", async () => {
    const files = { "a.yaml": ordinary, "b.yaml": changed("name: cp2", "name: cp1"), "c.yaml": "hello\n" };
    const { code, out, err } = await runWith(files, "validate", "a.yaml", "b.yaml", "c.yaml");
    expect(code).toBe(1);
    expect(out).toContain("b.yaml:12:10 ");
    expect(out).toContain("c.yaml:1:1 ");
    expect(err).toContain("[validate] 3 files: ");
  });

  test("a file that is missing is a matter of the surroundings", async () => {
    expect(await runWith({}, "validate", "none.yaml")).toMatchObject({ code: 3, out: "" });
    expect(await runWith({}, "render", "--config", "none.yaml")).toMatchObject({ code: 3, out: "" });
    expect(await runOn(ordinary, "render", "--kubeadm-config", "none.yaml")).toMatchObject({ code: 3, out: "" });
  });

  test("an ignored error is no error", async () => {
    const { code } = await runOn(changed("name: cp2", "name: cp1"), "validate", "--ignore=duplicate-node", "ha.yaml");
    expect(code).toBe(0);
  });
});
