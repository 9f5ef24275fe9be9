import { gunzipSync } from "node:zlib";

import { describe, expect, test } from "vitest";

import { nodeExampleNames, examplePlan, versionsOf } from "../../scripts/examples.ts";
import type { OutputFile } from "../../src/formats/format.ts";
import { cloudConfig } from "../../src/formats/cloud-init/cloud-config.ts";
import { formats } from "../../src/formats/index.ts";
import { compress } from "../../src/host/compress.ts";
import { fillFile } from "../../src/plan/facts.ts";
import type { PlannedNode } from "../../src/plan/plan.ts";
import { newDirectory } from "../node/support/directory.ts";
import { root } from "../support/built.ts";
import { changed, kubeVipOnly, ordinary } from "../support/configurations.ts";
import { runOn, runWith } from "../support/io.ts";
import { nastyTexts } from "../support/nasty.ts";
import { tooLarge } from "./size-limit.ts";
import { readCloudConfig } from "./cloud-config.ts";

const script = "/var/lib/cloud/scripts/kubeadm-ha.sh";

const clusters = nodeExampleNames(root).flatMap((name) =>
  versionsOf(name).map((version) => [`${name} ${version}`, `${root}/manifests/${name}`, version] as const),
);

describe.each(clusters)("%s", (_, directory, version) => {
  const { plan, spec } = examplePlan(directory, version);
  const produced = formats["cloud-init"].produce(plan, { spec, product: "0.0.0", facts: () => ({}), compress });

  test("cloud-init writes the files that need nothing of the machine, and the script, which it runs", async () => {
    const { files } = await produced;
    expect(files.map(({ path, node, mode }) => [path, node, mode])).toEqual(
      plan.nodes.map(({ name }) => [`${name}.yaml`, name, 0o600]),
    );
    for (const [index, node] of plan.nodes.entries()) {
      const { files: written, commands } = readCloudConfig(files[index]?.text ?? "");
      const [last, ...others] = written.toReversed();
      expect(others.toSorted(byPath)).toEqual(filesOf(node).toSorted(byPath));
      expect(last).toMatchObject({ path: script, mode: 0o700, text: expect.stringMatching(/^#!\/bin\/sh\n/) });
      expect(commands).toEqual([["sh", script]]);
    }
  });

  test("fits where user data goes", async () => expect(tooLarge(spec, (await produced).files)).toEqual([]));
});

describe("a text", () => {
  const texts = [
    "",
    "a",
    "a\n",
    "a\n\n",
    "\na\n",
    "  a\nb\n",
    "\ta\n",
    "a\n  \n\tb\n",
    "# a\n{{ b }}\n{% c %}\n",
    ...nastyTexts.filter((text) => !/\p{Surrogate}/u.test(text)),
  ];

  test.each(
    texts.flatMap((text) => [text, `${text}\n`, `a\n${text}\nb\n`]).map((text) => [JSON.stringify(text), text]),
  )("%s arrives as it is", (_, text) => {
    const document = cloudConfig({ head: "x", files: [{ path: "/a", mode: 0o644, text }], command: ["true"] });
    expect(readCloudConfig(document).files).toEqual([{ path: "/a", mode: 0o644, text }]);
  });
});

describe("render --format cloud-init", () => {
  test("prints one document and nothing else, and the sizes to people", async () => {
    const { code, out, err } = await runOn(ordinary, "render", "--format", "cloud-init", "--node", "cp1");
    expect(code).toBe(0);
    expect(out).toMatch(/^#cloud-config\n/);
    expect(readCloudConfig(out).files.length).toBeGreaterThan(5);
    const compressed = gunzipSync(compress(out)).toString();
    expect(compressed).toBe(out);
    expect(err).toContain(`[render] cp1.yaml`);
    expect(err).toMatch(/^\[render\] {3}\/etc\/kubeadm-ha\/haproxy\/haproxy\.cfg +[\d,]+ +[\d,]+$/m);
    expect(err).toContain("[render] EC2, 16,384 bytes: fits compressed: gzip -9n\n");
    expect(err).toContain("[render] KubeVirt inline, 2,048 bytes: too much: put it into a Secret (secretRef)\n");
  });

  test("tells of several documents what the largest consists of", async () => {
    const directory = newDirectory();
    const { err } = await runOn(ordinary, "render", "--format", "cloud-init", "-o", `${directory}/out`);
    const names = [...err.matchAll(/^\[render\] +(\S+) +[\d,]+ +[\d,]+$/gm)].map(([, name]) => name);
    expect(names.filter((name) => name?.endsWith(".yaml") === true && !name.startsWith("/"))).toEqual([
      "cp1.yaml",
      "cp2.yaml",
      "cp3.yaml",
    ]);
    expect(names.indexOf(script)).toBeLessThan(names.indexOf("cp2.yaml"));
  });

  test("makes the same bytes each time", async () => {
    const argv = ["render", "--format", "cloud-init", "--node", "cp2"];
    const [first, second] = await Promise.all([runOn(ordinary, ...argv), runOn(ordinary, ...argv)]);
    expect(second).toEqual(first);
    expect(compress(first.out)).toEqual(compress(second.out));
  });

  test("is for one node at a time, unless into a directory", async () => {
    expect(await runOn(ordinary, "render", "--format", "cloud-init")).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringContaining(
        "makes user data for each node: choose one with --node NAME, or write all with -o DIR",
      ),
    });
  });

  test("leaves an interface that nobody named to the machine", async () => {
    const { code, out } = await runOn(
      changed("  interface: eth0\n", ""),
      "render",
      "--format=cloud-init",
      "--node=cp1",
    );
    expect(code).toBe(0);
    const { files } = readCloudConfig(out);
    expect(files.map(({ path }) => path)).not.toContain("/etc/kubeadm-ha/keepalived/keepalived.conf");
    expect(files.at(-1)?.text).toContain("/etc/kubeadm-ha/keepalived/keepalived.conf");
  });

  // Texts with such line ends stand encoded in the document.
  test.each(["\n", "\r\n"])("prints no secrets of kubeadm's documents, lines ending in %j", async (end) => {
    const token = "abcdef.0123456789abcdef";
    const lines = [
      "apiVersion: kubeadm.k8s.io/v1beta4",
      "kind: InitConfiguration",
      `bootstrapTokens: [{token: ${token}}]`,
    ];
    const documents = lines.map((line) => line + end).join("");
    const argv = ["render", "--kubeadm-config", "kubeadm.yaml", "--format", "cloud-init", "--node", "cp1"];
    const { code, out, err } = await runWith({ "ha.yaml": ordinary, "kubeadm.yaml": documents }, ...argv);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("the user data of cp1 would hold secrets of kubeadm's documents");
    expect(err).not.toContain(token);
    expect(err).not.toContain("[render]");
  });
});

describe("render --role", () => {
  const pool = kubeVipOnly.replace(/nodes:\n(?:- .*\n)+/, "");
  const render = (text: string, ...argv: readonly string[]) => runOn(text, "render", "--format", "cloud-init", ...argv);

  test.each(["init", "join"])("makes one document for all machines that %s", async (role) => {
    const { code, out, err } = await render(pool, "--role", role);
    expect({ code, err: err.includes(`[render] ${role}.yaml`) }).toEqual({ code: 0, err: true });
    const { files, commands } = readCloudConfig(out);
    const manifest = files.find(({ path }) => path === "/etc/kubernetes/manifests/kube-vip.yaml");
    expect(/path: \/etc\/kubernetes\/super-admin\.conf$/m.test(manifest?.text ?? "")).toBe(role === "init");
    expect(files.some(({ path }) => path === "/etc/kubeadm-ha/kubeadm.yaml")).toBe(role === "init");
    expect(commands).toEqual([["sh", script]]);
    // What kubeadm finds on the machine itself.
    expect(out).not.toMatch(/advertiseAddress:|node-ip|^ *name: *$|undefined/m);
    expect(compress(out).length).toBeLessThanOrEqual(6000);
  });

  test("gives services IPv6 addresses where the virtual IP is one", async () => {
    const { out } = await render(pool.replace("192.168.10.100", '"fd00:10::100"'), "--role", "init");
    expect(out).toContain("serviceSubnet: fd00:10:96::/112");
  });

  test("does not ask for nodes, and does without those that are listed", async () => {
    const { out } = await render(kubeVipOnly, "--role", "join");
    expect(out).toBe((await render(pool, "--role", "join")).out);
    expect(out).not.toContain("cp1");
  });

  test.each([
    ["keepalived", changed("loadBalancer:\n  provider: haproxy\n", "")],
    ["haproxy", changed("provider: keepalived", "provider: kube-vip")],
    ["keepalived", ordinary],
  ])("refuses %s, which needs a list of nodes", async (provider, text) => {
    const { code, out, err } = await render(text.replace(/nodes:\n(?:- .*\n)+/, ""), "--role", "init");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(new RegExp(`${provider}.*\\[pool-provider\\]`));
    expect(err).toContain("why: ");
    expect(err).toContain("fix: ");
  });

  test.each([
    [["--format", "cloud-init", "--role", "worker"], "--role is init or join, not worker"],
    [["--format", "files", "--role", "init"], "--role goes with --format cloud-init"],
    [["--format", "cloud-init", "--role", "init", "--node", "cp1"], "leave out --node"],
  ])("%j is refused", async (argv, message) => {
    const { code, out, err } = await runOn(kubeVipOnly, "render", ...argv);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
  });

  test("without it nodes are asked for", async () => {
    expect(await render(pool, "--node", "cp1")).toMatchObject({
      code: 2,
      err: expect.stringContaining("no control-plane node is given"),
    });
  });
});

function filesOf(
  node: PlannedNode,
): readonly { readonly path: string; readonly mode: number; readonly text: string }[] {
  return node.files.flatMap((file) => {
    const filled = fillFile(file, { role: node.bootstrap, facts: {} });
    return filled.state === "complete" ? [{ path: file.path, mode: file.mode, text: filled.text }] : [];
  });
}

function byPath(a: Pick<OutputFile, "path">, b: Pick<OutputFile, "path">): number {
  return a.path < b.path ? -1 : 1;
}
