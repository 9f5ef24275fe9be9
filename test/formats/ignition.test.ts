import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";

import { nodeExampleNames, examplePlan, versionsOf } from "../../scripts/examples.ts";
import { ignitionVersions } from "../../src/formats/format.ts";
import { dataURL } from "../../src/formats/ignition/data-url.ts";
import { formats } from "../../src/formats/index.ts";
import { compress } from "../../src/host/compress.ts";
import { fillFile } from "../../src/plan/facts.ts";
import type { PlannedNode } from "../../src/plan/plan.ts";
import { newDirectory } from "../node/support/directory.ts";
import { applyIgnition, contentOf, type IgnitionConfig } from "../support/apply-ignition.ts";
import { root } from "../support/built.ts";
import { changed, ordinary } from "../support/configurations.ts";
import { linesOf, runOn, runWith } from "../support/io.ts";
import { nastyTexts } from "../support/nasty.ts";
import { isDirectory, treeOf } from "../system/support/tree.ts";
import { tooLarge } from "./size-limit.ts";
import { schemaV2, schemaV3 } from "./ignition-schema.ts";

const ajv = new Ajv({ strict: true, strictRequired: false });
const accepts = { "3.4": ajv.compile(schemaV3), "2.3": ajv.compile(schemaV2) };
const script = "/etc/kubeadm-ha/prepare-node.sh";
const unit = "/etc/systemd/system/kubeadm-ha-prepare.service";

const clusters = nodeExampleNames(root).flatMap((name) =>
  versionsOf(name).flatMap((release) =>
    ignitionVersions.map((version) => [`${name} ${release}, Ignition ${version}`, { name, release, version }] as const),
  ),
);

describe.each(clusters)("%s", (_, { name, release, version }) => {
  const { plan, spec } = examplePlan(join(root, "manifests", name), release);
  const produced = formats.ignition.produce(plan, {
    spec,
    product: "0.0.0",
    facts: () => ({}),
    compress,
    options: { ignitionVersion: version },
  });

  test("keeps to the specification", async () => {
    for (const { text } of (await produced).files) {
      expect(accepts[version](JSON.parse(text)) || accepts[version].errors).toBe(true);
    }
  });

  test("brings the plan's files, with their modes, and the script", async () => {
    const { files } = await produced;
    expect(files.map(({ path, node, mode }) => [path, node, mode])).toEqual(
      plan.nodes.map(({ name }) => [`${name}.ign`, name, 0o600]),
    );
    for (const [index, node] of plan.nodes.entries()) {
      const directory = newDirectory();
      applyIgnition(JSON.parse(files[index]?.text ?? "") as IgnitionConfig, directory);
      const tree = treeOf(directory);
      const added = Object.entries(tree).filter(
        ([path, entry]) => !isDirectory(entry) && path !== unit && !/\.wants\/|preset/.test(path),
      );
      const owner = `${process.getuid?.()}:${process.getgid?.()}`;
      expect(Object.fromEntries(added)).toEqual({
        ...filesOf(node, owner),
        [script]: expect.stringMatching(/^file 700 .*\n#!\/bin\/sh\n/),
      });
      const manifests = tree["/etc/kubernetes/manifests"];
      const hasPods = node.files.some(({ path }) => path.startsWith("/etc/kubernetes/manifests/"));
      expect(manifests).toBe(hasPods ? `directory 700 ${owner}` : undefined);
    }
  });

  test("fits where configurations go", async () => expect(tooLarge(spec, (await produced).files)).toEqual([]));
});

describe("the specification", () => {
  test.each([
    ["an unknown key", '"overwrite"', '"overwrites"'],
    ["a mode as people write it", '"mode":384', '"mode":"0600"'],
    ["a text that is no URL", "data:,%23", "data:,#"],
    ["a relative path", '"path":"/etc', '"path":"etc'],
    ["a unit of no type", '.service"', '.servce"'],
    ["a unit that nothing starts", "[Install]", "[Instal]"],
    ["another version", '"3.4.0"', '"3.4"'],
  ])("refuses %s", async (_, good, bad) => {
    const { out } = await runOn(ordinary, "render", "--format", "ignition", "--node", "cp1");
    expect(out).toContain(good);
    expect(accepts["3.4"](JSON.parse(out))).toBe(true);
    expect(accepts["3.4"](JSON.parse(out.replaceAll(good, bad)))).toBe(false);
  });
});

describe("a text", () => {
  test.each(["", "a\n", "a#b?c%d&e+f\n", ...nastyTexts].map((text) => [JSON.stringify(text).slice(0, 60), text]))(
    "%s arrives as a file would have it",
    (_, text) => {
      const source = dataURL(text);
      expect(contentOf({ source })).toEqual(Buffer.from(text));
      expect(source).toMatch(/^data:,([\w;/:@&=+$,.!~*'()-]|%[0-9A-F]{2})*$/);
    },
  );
});

describe("the unit", () => {
  test("runs the script until the node is in the cluster", async () => {
    const { out } = await runOn(ordinary, "render", "--format", "ignition", "--node", "cp1");
    const directory = newDirectory();
    const config = JSON.parse(out) as IgnitionConfig;
    applyIgnition(config, directory);
    expect(config.systemd.units.map(({ enabled }) => enabled)).toEqual([true]);
    const lines = linesOf(readFileSync(join(directory, unit), "utf8"));
    expect(lines).toContain(`ExecStart=/bin/sh ${script}`);
    expect(lines).toContain("ConditionPathExists=!/etc/kubernetes/kubelet.conf");
    expect(lines).toContain("ConditionPathExists=/etc/kubeadm-ha/ha.yaml");
    expect(lines).toContain("WantedBy=multi-user.target");
  });
});

describe("render --format ignition", () => {
  const render = (...argv: readonly string[]) => runOn(ordinary, "render", "--format", "ignition", ...argv);

  test("prints one configuration and nothing else, the same each time, and the sizes to people", async () => {
    const { code, out, err } = await render("--node", "cp1");
    expect(code).toBe(0);
    expect(accepts["3.4"](JSON.parse(out))).toBe(true);
    expect(out).toContain('"mode":384,');
    expect(err).toMatch(/^\[render\] cp1\.ign +[\d,]+ +[\d,]+$/m);
    expect(err).toMatch(
      /^\[render\] OpenStack, .*: fits compressed: ignition\.config\.replace with gzip, see docs\/flatcar\.md$/m,
    );
    expect(await render("--node", "cp1")).toEqual({ code, out, err });
  });

  test("never compresses, which Ignition through Cluster API does not allow, and says what then does not fit", async () => {
    for (const version of ignitionVersions)
      expect((await render("--node", "cp1", "--ignition-version", version)).out).not.toMatch(/compression|gzip"/);
    const { err } = await render("--node", "cp1", "--ignition-version", "2.3");
    expect(err).toMatch(/^\[render\] CloudStack, .*: too much: /m);
    expect(err).not.toContain("fits compressed");
  });

  test.each([
    [[], "3.4.0"],
    [["--ignition-version", "3.4"], "3.4.0"],
    [["--ignition-version", "3.4.0"], "3.4.0"],
    [["--ignition-version", "2.3"], "2.3.0"],
  ])("%j is version %s", async (argv, version) => {
    const { out } = await render("--node", "cp2", ...argv);
    expect((JSON.parse(out) as IgnitionConfig).ignition.version).toBe(version);
  });

  test("leaves an interface that nobody named to the machine", async () => {
    const text = changed("  interface: eth0\n", "");
    const { code, out } = await runOn(text, "render", "--format=ignition", "--node=cp1");
    expect(code).toBe(0);
    const files = new Map(
      (JSON.parse(out) as IgnitionConfig).storage.files.map(({ path, contents }) => [path, contentOf(contents)]),
    );
    const path = "/etc/kubeadm-ha/keepalived/keepalived.conf";
    expect(files.has(path)).toBe(false);
    expect(files.get(script)?.toString()).toContain(path);
  });

  test.each([
    [["--format", "ignition"], "makes an Ignition configuration for each node: choose one with --node NAME"],
    [
      ["--format", "ignition", "--node", "cp1", "--ignition-version", "3.5"],
      "--ignition-version is 3.4 or 2.3, not 3.5",
    ],
    [["--node", "cp1", "--ignition-version", "2.3"], "--ignition-version goes with --format ignition"],
    [["--format", "ignition", "--role", "join"], "--role goes with --format cloud-init"],
  ])("%j is refused", async (argv, message) => {
    const { code, out, err } = await runOn(ordinary, "render", ...argv);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
  });

  test("prints no secrets of kubeadm's documents, whatever their encoding", async () => {
    const password = "p#s? %w\u00F6rd";
    const documents = `apiVersion: v1\nkind: Secret\nmetadata: {name: x}\nstringData: {password: "${password}"}\n`;
    const files = { "ha.yaml": ordinary, "kubeadm.yaml": documents };
    const argv = ["render", "--kubeadm-config", "kubeadm.yaml", "--format", "ignition", "--node", "cp1"];
    const { code, out, err } = await runWith(files, ...argv);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("the Ignition configuration of cp1 would hold secrets of kubeadm's documents");
    expect(err).not.toContain(password);
  });
});

function filesOf(node: PlannedNode, owner: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    node.files.flatMap((file) => {
      const filled = fillFile(file, { role: node.bootstrap, facts: {} });
      return filled.state === "complete"
        ? [[file.path, `file ${file.mode.toString(8)} ${owner}\n${filled.text}`] as const]
        : [];
    }),
  );
}
