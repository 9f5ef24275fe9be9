import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";

import { kubeVipOnly, ordinary } from "../support/configurations.ts";
import { runWith } from "../support/io.ts";
import { capiProblems } from "./capi-schema.ts";
import { poolConfiguration, templateConfiguration } from "./capi-template.ts";

const versions = ["v1beta1", "v1beta2"] as const;
const kinds = ["KubeadmControlPlane", "KubeadmConfig", "KubeadmConfigTemplate"] as const;
const render = (text: string, ...argv: readonly string[]) => runWith({ "ha.yaml": text }, "render", ...argv);

describe.each(versions)("capi-%s", (version) => {
  test.each(kinds)("a %s is what the API's own types allow", async (kind) => {
    for (const text of [poolConfiguration, templateConfiguration, `${poolConfiguration}---\n${documents}`]) {
      const { code, out } = await render(text, "--format", `capi-${version}`, "--kind", kind);
      expect(code).toBe(0);
      expect(capiProblems(parse(out), version)).toEqual([]);
    }
  });

  test("the part is that of the whole object", async () => {
    const part = parse((await render(poolConfiguration, "--format", `capi-${version}`)).out);
    const whole = parse(
      (await render(poolConfiguration, "--format", `capi-${version}`, "--kind", "kubeadm-control-plane")).out,
    );
    expect(Object.keys(part)).toEqual(["spec"]);
    expect(part.spec).toEqual({ kubeadmConfigSpec: whole.spec.kubeadmConfigSpec });
  });

  test("fact 29: arguments are a map in v1beta1 and a list in v1beta2; files are small, with modes as texts", async () => {
    const { out } = await render(poolConfiguration, "--format", `capi-${version}`);
    const { clusterConfiguration, files } = parse(out).spec.kubeadmConfigSpec;
    expect(clusterConfiguration.apiServer.extraArgs).toEqual(
      version === "v1beta1"
        ? { "shutdown-delay-duration": "10s" }
        : [{ name: "shutdown-delay-duration", value: "10s" }],
    );
    for (const { permissions, owner, content } of files) {
      expect(permissions).toMatch(/^0[0-7]{3}$/);
      expect(owner).toBe("root:root");
      expect(content.length).toBeLessThanOrEqual(10_240);
      // clusterctl and Jinja would read these.
      expect(content).not.toMatch(/\$\{|\{\{|\{%|\{#/);
    }
    expect(files.map(({ path, permissions }: Record<string, string>) => `${path} ${permissions}`)).toEqual([
      "/etc/kubernetes/manifests/kube-vip.yaml 0600",
      "/etc/pre-kubeadm-commands/50-kubeadm-ha.sh 0700",
      "/etc/post-kubeadm-commands/50-kubeadm-ha.sh 0700",
    ]);
  });

  test("kubeadm's own documents are taken over in the form of the version", async () => {
    const { out, err } = await render(`${poolConfiguration}---\n${documents}`, "--format", `capi-${version}`);
    const { clusterConfiguration, initConfiguration, joinConfiguration } = parse(out).spec.kubeadmConfigSpec;
    const list = version === "v1beta2";
    expect(clusterConfiguration).toMatchObject({
      apiServer: {
        certSANs: ["api.example.com"],
        extraArgs: list
          ? [
              { name: "audit-log-maxage", value: "7" },
              { name: "shutdown-delay-duration", value: "10s" },
            ]
          : { "audit-log-maxage": "7", "shutdown-delay-duration": "10s" },
      },
      imageRepository: "registry.example.com/k8s",
    });
    expect(clusterConfiguration).not.toHaveProperty("kubernetesVersion");
    expect(clusterConfiguration).not.toHaveProperty("controlPlaneEndpoint");
    if (list) {
      expect(clusterConfiguration.certificateValidityPeriodDays).toBe(365);
      expect(clusterConfiguration).not.toHaveProperty("networking");
      expect(err).toContain(
        "networking of ClusterConfiguration is left out: say it in the Cluster (spec.clusterNetwork)",
      );
    } else expect(clusterConfiguration.networking).toEqual({ podSubnet: "10.244.0.0/16" });
    expect(initConfiguration.localAPIEndpoint).toEqual({ bindPort: 7443 });
    expect(joinConfiguration.controlPlane.localAPIEndpoint).toEqual({ bindPort: 7443 });
    expect(initConfiguration.nodeRegistration).toEqual({
      name: "{{ local_hostname }}",
      kubeletExtraArgs: list ? [{ name: "cloud-provider", value: "external" }] : { "cloud-provider": "external" },
    });
  });

  test("flags take variables too", async () => {
    const argv = [
      "--stack",
      "kube-vip",
      "--kubernetes-version",
      "${V}",
      "--vip",
      "${A},${B}",
      "--interface",
      '${I:=""}',
    ];
    const { code, out } = await runWith({}, "render", "--format", `capi-${version}`, ...argv);
    expect(code).toBe(0);
    expect(out).toContain("value: ${A},${B}\n");
    expect(out).toContain("value: 32,128\n");
    expect(out).toContain('value: ${I:=""}\n');
  });

  test("variables stay where they were", async () => {
    const { out } = await render(
      templateConfiguration.concat(
        "controlPlaneEndpoint: ${ENDPOINT}:6443\ncertSANs: ['${NAME}']\nimages: {kubeVip: '${KUBE_VIP_IMAGE}'}\nkubeVip: {extraEnv: {x: 'a ${B} c'}}\n",
      ),
      "--format",
      `capi-${version}`,
      "--kind",
      "KubeadmControlPlane",
    );
    expect(out).not.toMatch(/khavariable|198\.51\.100|2001:db8|v1\.37/);
    const { version: release, kubeadmConfigSpec } = parse(out).spec;
    expect(release).toBe("${KUBERNETES_VERSION}");
    const sans = kubeadmConfigSpec.clusterConfiguration.apiServer.certSANs;
    expect(sans).toEqual(["${CONTROL_PLANE_ENDPOINT_IP}", "${NAME}"]);
    const manifest = kubeadmConfigSpec.files.find(({ path }: { path: string }) =>
      path.endsWith("kube-vip.yaml"),
    ).content;
    for (const line of [
      "value: ${CONTROL_PLANE_ENDPOINT_IP}",
      'value: ${VIP_NETWORK_INTERFACE:=""}',
      "image: ${KUBE_VIP_IMAGE}",
      "value: a ${B} c",
    ])
      expect(manifest).toContain(`${line}\n`);
  });
});

describe("what is refused", () => {
  test.each([
    ["keepalived", ordinary, [], "keepalived needs the address of every node"],
    [
      "haproxy beside kube-vip",
      ordinary.replace("keepalived", "kube-vip"),
      [],
      "haproxy needs the address of every API server",
    ],
    [
      "a variable that decides what is made",
      poolConfiguration.replace("provider: kube-vip", "provider: ${PROVIDER}"),
      [],
      "${PROVIDER} cannot stand here",
    ],
    ["Jinja beside a variable", `${templateConfiguration}kubeVip: {extraEnv: {x: '{{ y }}'}}\n`, [], "encoded ${"],
    [
      "what Cluster API has no place for",
      `${poolConfiguration}---\napiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n`,
      [],
      "has no place in Cluster API's objects",
    ],
    ["one node", poolConfiguration, ["--node", "cp1"], "leave out --node"],
    [
      "a kind that there is not",
      poolConfiguration,
      ["--kind", "KubeadmControlPlan"],
      "did you mean KubeadmControlPlane?",
    ],
    ["--write without --into", poolConfiguration, ["--write"], "--write goes with --into FILE"],
    ["another format", poolConfiguration, ["--bootstrap-format", "clc"], "cloud-config or ignition"],
  ])("%s", async (_, text, argv, words) => {
    const { code, out, err } = await render(text, "--format", "capi-v1beta2", ...argv);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(words);
  });

  test("--kind with another format", async () => {
    const { code, err } = await render(ordinary, "--kind", "KubeadmConfig");
    expect(code).toBe(2);
    expect(err).toContain("--kind goes with --format capi-v1beta1 or capi-v1beta2");
  });
});

describe("contents that cannot stand as they are", () => {
  const file = async (extra: string, ...argv: readonly string[]) => {
    const { out } = await render(
      `${poolConfiguration}kubeVip: {extraEnv: {${extra}}}\n`,
      "--format",
      "capi-v1beta2",
      ...argv,
    );
    const [object, secret] = parseAllDocuments(out).map((document) => document.toJS());
    return { entry: object.spec.kubeadmConfigSpec.files[0], secret };
  };
  const values = (count: number) =>
    Array.from({ length: count }, (_, index) => `v${index}: "${String(index).repeat(1300)}"`).join(", ");

  test("Jinja is encoded for cloud-config and left alone for Ignition, which evaluates nothing", async () => {
    const { entry } = await file("x: '{{ y }}'");
    expect(entry.encoding).toBe("base64");
    expect(Buffer.from(entry.content, "base64").toString()).toContain('value: "{{ y }}"');
    const ignition = await file("x: '{{ y }}'", "--bootstrap-format", "ignition");
    expect(ignition.entry).not.toHaveProperty("encoding");
  });

  test.each([
    [
      "certSANs",
      `certSANs: [${Array.from({ length: 101 }, (_, index) => `n${index}.example.com`).join(", ")}]`,
      /certSANs has 10\d items, 100/,
    ],
    [
      "an argument",
      `extraArgs: [{name: audit-policy-file, value: "${"x".repeat(1025)}"}]`,
      /value has 1025 characters, 1024/,
    ],
  ])("%s over its limit is refused", async (_, text, message) => {
    const documents = `apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\napiServer:\n  ${text}\n`;
    const argv = ["render", "--kubeadm-config", "kubeadm.yaml", "--format", "capi-v1beta2"];
    const { code, out, err } = await runWith({ "ha.yaml": kubeVipOnly, "kubeadm.yaml": documents }, ...argv);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(message);
  });

  test("a long file is compressed for cloud-config, never for Ignition, and else comes from a Secret", async () => {
    const { entry } = await file(values(9));
    expect(entry.encoding).toBe("gzip+base64");
    expect(entry.content.length).toBeLessThanOrEqual(10_240);
    const ignition = await file(values(9), "--bootstrap-format", "ignition");
    expect(ignition.entry).not.toHaveProperty("encoding");
    expect(ignition.entry.contentFrom).toEqual({
      secret: { name: "${CLUSTER_NAME}-kubeadm-ha", key: "etc.kubernetes.manifests.kube-vip.yaml" },
    });
    expect(ignition.secret).toMatchObject({ kind: "Secret", metadata: { name: "${CLUSTER_NAME}-kubeadm-ha" } });
    expect(ignition.secret.stringData["etc.kubernetes.manifests.kube-vip.yaml"]).toContain("8".repeat(1300));
  });
});

const documents = `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking: {podSubnet: 10.244.0.0/16}
imageRepository: registry.example.com/k8s
certificateValidityPeriod: 8760h0m0s
apiServer:
  certSANs: [api.example.com]
  extraArgs: [{name: audit-log-maxage, value: "7"}]
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint: {bindPort: 7443}
nodeRegistration:
  name: '{{ local_hostname }}'
  kubeletExtraArgs: [{name: cloud-provider, value: external}]
`;
