import { spawnSync } from "node:child_process";
import path from "node:path";

import { describe, expect, test } from "vitest";
import { parse } from "yaml";

import { poolConfiguration, templateConfiguration, vSphereTemplate } from "../formats/capi-template.ts";
import { runWith } from "../support/io.ts";
import { oracle } from "./support/programs.ts";

const name = "cluster-api-v1.14.2";
const versions = ["v1beta1", "v1beta2"] as const;
const kinds = ["KubeadmControlPlane", "KubeadmConfig", "KubeadmConfigTemplate"] as const;

interface Judgement {
  readonly apiVersion: string;
  readonly kind: string;
  readonly problems: readonly string[];
  readonly machines?: Readonly<Record<"init" | "join" | "worker", string>>;
}

const definitions = definitionDirectories();

describe.each(versions)("Cluster API takes the objects of capi-%s", (version) => {
  test.each(kinds)("%s", async (kind) => {
    for (const configuration of [poolConfiguration, templateConfiguration, withDocuments])
      for (const format of ["cloud-config", "ignition"]) {
        const text = await render(
          configuration,
          "--format",
          `capi-${version}`,
          "--kind",
          kind,
          "--bootstrap-format",
          format,
        );
        expect(judge(text).map(({ kind, problems }) => ({ kind, problems }))).toEqual([{ kind, problems: [] }]);
      }
  });

  test.each(["init", "join"] as const)("a machine of the group gets the files to the byte: %s", async (role) => {
    const text = await render(templateConfiguration, "--format", `capi-${version}`, "--kind", "KubeadmControlPlane");
    const [plain] = judge(text);
    const given = parse(plain?.machines?.[role] ?? "");
    const wanted = parse(filledIn(text)).spec.kubeadmConfigSpec;
    for (const { path, content, permissions } of wanted.files)
      expect(given.write_files).toContainEqual({ path, content, permissions, owner: "root:root" });
    const commands = given.runcmd as readonly string[];
    const kubeadm = commands.findIndex((command) => command.startsWith(`kubeadm ${role} `));
    expect(commands.indexOf("/etc/pre-kubeadm-commands/50-kubeadm-ha.sh")).toBeLessThan(kubeadm);
    expect(commands.indexOf("/etc/post-kubeadm-commands/50-kubeadm-ha.sh")).toBeGreaterThan(kubeadm);
  });

  test("encoded contents arrive too, and Ignition gets no gzip", async () => {
    const values = Array.from({ length: 9 }, (_, index) => `v${index}: "${String(index).repeat(1300)}"`).join(", ");
    const long = `${poolConfiguration}kubeVip: {extraEnv: {${values}}}\n`;
    for (const format of ["cloud-config", "ignition"]) {
      const text = await render(
        long,
        "--format",
        `capi-${version}`,
        "--kind",
        "KubeadmControlPlane",
        "--bootstrap-format",
        format,
      );
      expect(judge(text).flatMap(({ problems }) => problems)).toEqual([]);
    }
  });
});

test("Ignition's own files have our bytes and modes, and its script runs ours around kubeadm", async () => {
  const text = await render(
    poolConfiguration,
    "--format",
    "capi-v1beta2",
    "--kind",
    "KubeadmControlPlane",
    "--bootstrap-format",
    "ignition",
  );
  const [judgement] = judge(text);
  const { storage } = JSON.parse(judgement?.machines?.init ?? "{}") as {
    readonly storage: { readonly files: readonly { path: string; mode: number; contents: { source: string } }[] };
  };
  const source = (path: string) =>
    decodeURIComponent(storage.files.find((file) => file.path === path)?.contents.source.replace(/^data:,/, "") ?? "");
  for (const { path, content, permissions } of parse(text).spec.kubeadmConfigSpec.files) {
    expect(source(path)).toBe(content);
    expect(storage.files.find((file) => file.path === path)?.mode).toBe(Number.parseInt(permissions, 8));
  }
  const lines = source("/etc/kubeadm.sh")
    .split("\n")
    .map((line) => line.trim());
  const kubeadm = lines.findIndex((line) => line.startsWith("kubeadm init "));
  expect(lines.indexOf("/etc/pre-kubeadm-commands/50-kubeadm-ha.sh")).toBeLessThan(kubeadm);
  expect(lines.indexOf("/etc/post-kubeadm-commands/50-kubeadm-ha.sh")).toBeGreaterThan(kubeadm);
});

test("a template with kube-vip put into it is taken as before", async () => {
  const files = { "ha.yaml": templateConfiguration, "template.yaml": vSphereTemplate };
  const { out } = await runWith(files, "render", "--format", "capi-v1beta1", "--into", "template.yaml");
  const problems = (text: string) =>
    judge(text).map((judgement) => ({ kind: judgement.kind, problems: judgement.problems }));
  expect(problems(out)).toEqual(problems(vSphereTemplate));
});

test("what it refuses is seen", async () => {
  const text = await render(poolConfiguration, "--format", "capi-v1beta2", "--kind", "KubeadmControlPlane");
  expect(judge(text.replace("permissions:", "permission:"))[0]?.problems.join()).toContain("permission");
  expect(judge(text.replace('permissions: "0600"', "permissions: 0600"))[0]?.problems.join()).toContain("permissions");
  expect(
    judge(text.replace("  kubeadmConfigSpec:", "  kubeadmConfigSpec:\n    bootCommands: []\n    format: ignition"))[0]
      ?.problems,
  ).not.toEqual([]);
});

const withDocuments = `${poolConfiguration}---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
imageRepository: registry.example.com/k8s
etcd: {local: {dataDir: /data, extraArgs: [{name: quota-backend-bytes, value: "8589934592"}]}}
apiServer:
  certSANs: [api.example.com]
  extraArgs: [{name: audit-log-maxage, value: "7"}]
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint: {bindPort: 7443}
nodeRegistration: {name: '{{ local_hostname }}', kubeletExtraArgs: [{name: cloud-provider, value: external}], taints: []}
`;

const variables: Readonly<Record<string, string>> = {
  CLUSTER_NAME: "one",
  NAMESPACE: "default",
  CONTROL_PLANE_ENDPOINT_IP: "192.168.10.100",
  CONTROL_PLANE_MACHINE_COUNT: "3",
  INFRASTRUCTURE_TEMPLATE_KIND: "VSphereMachineTemplate",
  KUBERNETES_VERSION: "v1.36.3",
  VIP_NETWORK_INTERFACE: "eth0",
  VSPHERE_SSH_AUTHORIZED_KEY: "ssh-ed25519 AAAA",
};

async function render(configuration: string, ...argv: readonly string[]): Promise<string> {
  const { code, out, err } = await runWith({ "ha.yaml": configuration }, "render", ...argv);
  if (code !== 0) throw new Error(err);
  return out;
}

function judge(text: string): readonly Judgement[] {
  const set = Object.entries(variables).map(([variable, value]) => `${variable}=${value}`);
  const { status, stdout, stderr } = spawnSync(oracle(name), [...definitions, ...set], {
    input: text,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return (JSON.parse(stdout) as readonly Judgement[]).filter(({ kind }) => kind.startsWith("Kubeadm"));
}

function filledIn(text: string): string {
  return text.replaceAll(/\$\{(\w+)(?::=[^}]*)?\}/g, (_, variable: string) => variables[variable] ?? "");
}

/** The definitions lie in the module, beside the code that the oracle is built from. */
function definitionDirectories(): readonly string[] {
  const module = path.join(import.meta.dirname, "../oracles", name);
  const { status, stdout, stderr } = spawnSync("go", ["list", "-m", "-f", "{{.Dir}}", "sigs.k8s.io/cluster-api"], {
    cwd: module,
    encoding: "utf8",
    env: { ...process.env, GOWORK: "off", GOFLAGS: "-mod=readonly" },
  });
  if (status !== 0) throw new Error(stderr);
  return ["bootstrap", "controlplane"].map((part) => path.join(stdout.trim(), part, "kubeadm/config/crd/bases"));
}
