import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { exampleNames, treeName, versionsOf } from "../../scripts/examples.ts";
import { root, runBuilt } from "../support/built.ts";
import { temporaryDirectory } from "../support/temporary.ts";

const examples = exampleNames(root).flatMap((name) => versionsOf(name).map((version) => [name, version] as const));

/** Environments that make other programs give other answers; `port` and `address` are what kube-vip's generator reads. */
const environments: readonly Readonly<Record<string, string>>[] = [
  { TZ: "Asia/Kathmandu", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", LANGUAGE: "tr" },
  { port: "1", address: "x", vip_interface: "lo", vip_arp: "false", cp_enable: "false", provider_config: "x" },
  {
    HOSTNAME: "x",
    HOME: "/nonexistent",
    USER: "x",
    KUBECONFIG: "/nonexistent",
    HTTPS_PROXY: "http://127.0.0.1:1",
    NO_PROXY: "x",
    COLUMNS: "20",
    FORCE_COLOR: "3",
    NODE_ENV: "production",
    SOURCE_DATE_EPOCH: "1",
  },
];

function render(name: string, version: string, more: readonly string[], options: Parameters<typeof runBuilt>[1] = {}) {
  const directory = join(root, "manifests", name);
  const minor = Number(version.split(".")[1]);
  const kubeadm = join(directory, minor <= 30 ? "kubeadm-v1beta3.yaml" : "kubeadm-v1beta4.yaml");
  const documents = existsSync(kubeadm) ? ["--kubeadm-config", kubeadm] : [];
  const argv = [
    "render",
    "--config",
    join(directory, "ha.yaml"),
    "--kubernetes-version",
    version,
    ...documents,
    ...more,
  ];
  const result = runBuilt(argv, options);
  expect(result.code, result.err).toBe(0);
  return result.out;
}

/** The files of a tree with their modes; git keeps none but the executable bit. */
function tree(directory: string): Readonly<Record<string, string>> {
  const paths = readdirSync(directory, { recursive: true, encoding: "utf8" }).toSorted();
  const files = paths.filter((path) => statSync(join(directory, path)).isFile());
  return Object.fromEntries(
    files.map((path) => [
      path,
      `${(statSync(join(directory, path)).mode & 0o111) !== 0 ? "executable\n" : ""}${readFileSync(join(directory, path), "utf8")}`,
    ]),
  );
}

describe("the same input gives the same bytes", () => {
  test.each(examples)(
    "%s for %s: twice, elsewhere, in other time zones, languages and environments",
    (name, version) => {
      const once = render(name, version, []);
      expect(render(name, version, [])).toBe(once);
      expect(render(name, version, [], { cwd: "/" })).toBe(once);
      for (const env of environments) expect(render(name, version, [], { env })).toBe(once);
      const plan = render(name, version, ["--format", "json"]);
      for (const env of environments) expect(render(name, version, ["--format", "json"], { env })).toBe(plan);
    },
  );

  test.each(examples)("%s for %s: the tree in the repository is what the program writes today", (name, version) => {
    const out = join(temporaryDirectory(), "anywhere");
    render(name, version, ["-o", out], { cwd: "/", env: environments[1] ?? {} });
    expect(tree(out)).toEqual(tree(join(root, "manifests", name, treeName(version))));
  });
});
