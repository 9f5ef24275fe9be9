import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";
import { parseAllDocuments, parseDocument } from "yaml";

import { run } from "../../src/program.ts";
import { runWith } from "../support/io.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { poolConfiguration, templateConfiguration, vSphereTemplate } from "./capi-template.ts";

const into = (template: string, configuration = templateConfiguration, version = "v1beta1") =>
  runWith(
    { "ha.yaml": configuration, "template.yaml": template },
    ..."render --into template.yaml --format".split(" "),
    `capi-${version}`,
  );

describe("a template of vSphere", () => {
  test("another virtual IP or port is told", async () => {
    expect((await into(vSphereTemplate)).err).not.toContain("controlPlaneEndpoint");
    const text = vSphereTemplate.replace("${CONTROL_PLANE_ENDPOINT_IP}", "10.9.8.7");
    expect((await into(text)).err).toContain(
      "[render] kube-vip's address was 10.9.8.7 and is ${CONTROL_PLANE_ENDPOINT_IP}: spec.controlPlaneEndpoint of the Cluster",
    );
  });

  test("only what is kube-vip's changes, comments and order stay", async () => {
    const { code, out, err } = await into(vSphereTemplate);
    expect(code).toBe(0);
    const before = vSphereTemplate.split("\n");
    const after = out.split("\n");
    const start = before.indexOf("    - content: |");
    expect(after.slice(0, start + 1)).toEqual(before.slice(0, start + 1));
    const [own, rest] = [before.indexOf("    # somebody's own"), after.indexOf("    # somebody's own")];
    const added = after.indexOf("    - path: /etc/post-kubeadm-commands/50-kubeadm-ha.sh");
    expect(after.slice(rest, added)).toEqual(before.slice(own, before.indexOf("    initConfiguration:")));
    const post = after.indexOf("    postKubeadmCommands:");
    expect(after.slice(after.indexOf("    initConfiguration:"), post)).toEqual(
      before.slice(before.indexOf("    initConfiguration:"), before.indexOf("  machineTemplate:")),
    );
    expect(after.slice(post, post + 2)).toEqual([
      "    postKubeadmCommands:",
      "    - /etc/post-kubeadm-commands/50-kubeadm-ha.sh",
    ]);
    expect(after.slice(post + 2)).toEqual(before.slice(before.indexOf("  machineTemplate:")));
    for (const comment of ["    # the virtual IP", "    # the name that kube-vip asks for"])
      expect(after).toContain(comment);
    expect(files(out).map(({ path, permissions }) => [path, permissions])).toEqual([
      ["/etc/kubernetes/manifests/kube-vip.yaml", "0600"],
      ["/etc/kubeadm-ha/hosts", "0644"],
      ["/etc/pre-kubeadm-commands/50-kubeadm-ha.sh", "0700"],
      ["/etc/motd", undefined],
      ["/etc/post-kubeadm-commands/50-kubeadm-ha.sh", "0700"],
    ]);
    expect(err).toMatch(/^\[render\] the object +[\d,]+ +[\d,]+$/m);
    expect(err).toMatch(/^\[render\] EC2, 16,384 bytes: fits$/m);
    expect(err).toContain("had svc_enable=true; to keep a setting write it below kubeVip.extraEnv");
  });

  test("the files are those of the object that is made from nothing", async () => {
    const { out } = await into(vSphereTemplate);
    const made = await runWith({ "ha.yaml": templateConfiguration }, "render", "--format", "capi-v1beta1");
    const wanted = parseDocument(made.out).toJS().spec.kubeadmConfigSpec.files as readonly Entry[];
    for (const { path, content } of wanted)
      expect(files(out).find((file) => file.path === path)?.content).toBe(content);
  });

  test("what else the file holds is printed as it is", async () => {
    const other = `---\nkind: Secret\napiVersion: v1\nstringData: {token: "\${PROXMOX_TOKEN}"}\nchecksum: sha256:${"ab".repeat(32)}\n`;
    expect((await into(vSphereTemplate + other)).out.endsWith(other)).toBe(true);
  });

  test.each(["*everything", "${FILES}"])("a list that is %s is refused", async (list) => {
    const text = vSphereTemplate.replace(/^ {4}files:\n(?: {4}[- ].*\n| {4}#.*\n)*/m, `    files: ${list}\n`);
    expect(text).toContain(`files: ${list}\n`);
    const { code, out, err } = await into(text);
    expect([code, out]).toEqual([2, ""]);
    expect(err).not.toContain("    at ");
  });

  test("a second time changes nothing", async () => {
    for (const text of [vSphereTemplate, vSphereTemplate.replaceAll("\n", "\r\n")]) {
      const once = (await into(text)).out;
      expect(once).not.toBe(text);
      expect((await into(once)).out).toBe(once);
      if (text.includes("\r")) expect(once.replaceAll("\r\n", "")).not.toContain("\n");
    }
  });

  test("without a hosts file its entry goes", async () => {
    const { out } = await into(vSphereTemplate, poolConfiguration);
    expect(files(out).map(({ path }) => path)).not.toContain("/etc/kube-vip.hosts");
    expect(out).not.toContain("kube-vip.hosts");
    expect((await into(out, poolConfiguration)).out).toBe(out);
  });

  test("--write changes the file, once", async () => {
    const directory = temporaryDirectory();
    const template = join(directory, "template.yaml");
    const configuration = join(directory, "ha.yaml");
    writeFileSync(template, vSphereTemplate);
    writeFileSync(configuration, templateConfiguration);
    let told = "";
    const io = {
      out: (text: string) => void (told += `out: ${text}`),
      err: (text: string) => void (told += text),
      read: (path: string) => readFileSync(path, "utf8"),
      exists: () => true,
    };
    const argv = ["render", "--config", configuration, "--format", "capi-v1beta1", "--into", template, "--write"];
    expect(await run(argv, io)).toBe(0);
    expect(readFileSync(template, "utf8")).toBe((await into(vSphereTemplate)).out);
    expect(told).toContain("had svc_enable=true");
    expect(told).toContain(`[render] Writing "${template}"`);
    expect(await run(argv, io)).toBe(0);
    expect(told).toContain(`[render] unchanged "${template}"`);
    expect(told).not.toContain("out: ");
  });
});

describe("other templates", () => {
  const object = (spec: string, version = "v1beta2") =>
    `apiVersion: controlplane.cluster.x-k8s.io/${version}\nkind: KubeadmControlPlane\nmetadata: {name: x}\nspec:\n  kubeadmConfigSpec:\n${spec}`;

  test("one without any of it gets everything, and the rest stays", async () => {
    const text = object("    verbosity: 2 # quiet\n");
    const { out } = await into(text, poolConfiguration, "v1beta2");
    expect(out.startsWith(text)).toBe(true);
    expect(files(out).length).toBe(3);
    expect((await into(out, poolConfiguration, "v1beta2")).out).toBe(out);
  });

  test.each([
    "files: []",
    "files:",
    "files: # none",
    "preKubeadmCommands: []",
    "postKubeadmCommands:",
    "files: []\n    users: []",
  ])("%s is an empty place", async (line) => {
    const text = object(`    ${line}\n    verbosity: 2\n`);
    const { code, out } = await into(text, poolConfiguration, "v1beta2");
    expect(code).toBe(0);
    const spec = parseDocument(out).toJS().spec.kubeadmConfigSpec;
    expect([spec.files.length, spec.preKubeadmCommands.length, spec.postKubeadmCommands.length]).toEqual([3, 1, 1]);
    expect(spec.verbosity).toBe(2);
    expect((await into(out, poolConfiguration, "v1beta2")).out).toBe(out);
  });

  test("without super-admin.conf nothing is run, and what exchanged it goes", async () => {
    const plain = `${poolConfiguration}kubeVip: {bootstrapCredential: admin}\n`;
    const text = object(
      "    preKubeadmCommands:\n    - sed -i s/admin.conf/super-admin.conf/ /etc/kubernetes/manifests/kube-vip.yaml\n    verbosity: 2\n",
    );
    const { out } = await into(text, plain, "v1beta2");
    expect(Object.keys(parseDocument(out).toJS().spec.kubeadmConfigSpec)).toEqual(["verbosity", "files"]);
    expect((await into(out, plain, "v1beta2")).out).toBe(out);
  });

  test("what other documents say of kube-vip is told", async () => {
    const text = `${object("    verbosity: 2\n")}---\nkind: ClusterClass\nspec: {patches: [{name: kube-vip}]}\n`;
    const { err } = await into(text, poolConfiguration, "v1beta2");
    expect(err).toContain("[render] ClusterClass has to do with kube-vip too and is left alone\n");
  });

  test("a KubeadmControlPlaneTemplate has it one level deeper", async () => {
    const text = `apiVersion: controlplane.cluster.x-k8s.io/v1beta2\nkind: KubeadmControlPlaneTemplate\nmetadata: {name: x}\nspec:\n  template:\n    spec:\n      kubeadmConfigSpec:\n        verbosity: 2\n`;
    const { out } = await into(text, poolConfiguration, "v1beta2");
    expect(parseDocument(out).toJS().spec.template.spec.kubeadmConfigSpec).toMatchObject({
      verbosity: 2,
      postKubeadmCommands: ["/etc/post-kubeadm-commands/50-kubeadm-ha.sh"],
    });
    expect((await into(out, poolConfiguration, "v1beta2")).out).toBe(out);
  });

  test("sed in a command is what the script does now", async () => {
    const text = object(
      [
        "    preKubeadmCommands:",
        "    - echo first",
        "    - >-\n      sed -i 's#path: /etc/kubernetes/admin.conf#path: /etc/kubernetes/super-admin.conf#'\n      /etc/kubernetes/manifests/kube-vip.yaml",
        "    - echo last # keep",
        "    postKubeadmCommands: [echo done, \"sed -i 's#super-admin.conf#admin.conf#' /etc/kubernetes/manifests/kube-vip.yaml\"]",
        "",
      ].join("\n"),
    );
    const { out } = await into(text, poolConfiguration, "v1beta2");
    const spec = parseDocument(out).toJS().spec.kubeadmConfigSpec;
    expect(spec.preKubeadmCommands).toEqual(["echo first", "/etc/pre-kubeadm-commands/50-kubeadm-ha.sh", "echo last"]);
    expect(spec.postKubeadmCommands).toEqual(["echo done", "/etc/post-kubeadm-commands/50-kubeadm-ha.sh"]);
    expect(out).toContain("- echo last # keep");
    expect((await into(out, poolConfiguration, "v1beta2")).out).toBe(out);
  });

  test("an encoded manifest becomes a plain one", async () => {
    const text = object(
      "    files:\n    - path: /etc/kubernetes/manifests/kube-vip.yaml\n      encoding: base64\n      content: aGVsbG8K\n      append: false\n",
    );
    const { out } = await into(text, poolConfiguration, "v1beta2");
    expect(files(out)[0]).toMatchObject({ permissions: "0600", content: expect.stringContaining("kind: Pod") });
    expect(Object.keys(files(out)[0] ?? {})).toEqual(["path", "content", "permissions"]);
  });

  test.each([
    ["no KubeadmControlPlane", "kind: Cluster\napiVersion: cluster.x-k8s.io/v1beta1\n", "has no KubeadmControlPlane"],
    [
      "two of them",
      `${object("    verbosity: 2\n")}---\n${object("    verbosity: 2\n")}`,
      "has 2 KubeadmControlPlanes (lines 1 and 8)",
    ],
    ["another version", object("    verbosity: 2\n", "v1beta1"), "use --format capi-v1beta1"],
    ["no YAML", "a: [", "yaml-syntax"],
    [
      "gzip with Ignition",
      object("    format: ignition\n    files: [{path: /x, encoding: gzip+base64, content: eA==}]\n")
        .replace("files: [{path", "files:\n    - {path")
        .replace("}]", "}"),
      "gzip, which Ignition through Cluster API does not know",
    ],
    ["bootCommands with Ignition", object("    format: ignition\n    bootCommands: [a]\n"), "not run by Ignition"],
    [
      "an anchor",
      object("    files:\n    - path: /etc/kubernetes/manifests/kube-vip.yaml\n      content: &a x\n"),
      "has the anchor &a",
    ],
  ])("%s is refused", async (_, text, words) => {
    const { code, out, err } = await into(text, poolConfiguration, "v1beta2");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(words);
  });

  test("a file that cannot be compressed and is too long is refused", async () => {
    const long = `${poolConfiguration}kubeVip: {extraEnv: {a: "${"x1".repeat(2000)}", b: "${"y2".repeat(2000)}", c: "${"z3".repeat(2000)}"}}\n`;
    const { code, err } = await into(object("    format: ignition\n"), long, "v1beta2");
    expect(code).toBe(2);
    expect(err).toContain("Ignition through Cluster API knows no gzip");
  });
});

interface Entry {
  readonly path: string;
  readonly permissions?: string;
  readonly content?: string;
}

function files(text: string): readonly Entry[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS())
    .find(({ kind }) => kind === "KubeadmControlPlane").spec.kubeadmConfigSpec.files;
}
