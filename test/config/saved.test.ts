import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { exampleInput, exampleNames, versionsOf } from "../../scripts/examples.ts";
import type { FlagValues } from "../../src/config/flags.ts";
import type { SourcesInput } from "../../src/config/sources.ts";
import { b3, b4 } from "../kubeadm/spec.ts";
import { changed, kubeVipOnly, ordinary } from "../support/configurations.ts";
import { files, input, keep, meaning, onNode, words } from "./saved.ts";

const root = join(import.meta.dirname, "../..");

function expectSame(given: SourcesInput): void {
  const laptop = keep(given);
  const node = onNode(laptop.text);
  expect(files(node)).toEqual(files(laptop));
  expect(node.text).toBe(laptop.text);
  expect(meaning(node.spec)).toEqual(meaning(laptop.spec));
  // A flag's value stands in the documents now; without such flags they say what they said.
  if (laptop.spec.fromFlags.length === 0) expect(words(node.spec)).toEqual(words(laptop.spec));
}

describe("what a node keeps makes the same cluster and the same files there", () => {
  it.each(exampleNames(root).flatMap((name) => versionsOf(name).map((version) => [name, version] as const)))(
    "example %s for %s",
    (name, version) => expectSame(exampleInput(join(root, "manifests", name), version)),
  );

  it.each(exampleNames(root))("example %s as it is: the user's own text, to the byte", (name) => {
    const text = readFileSync(join(root, "manifests", name, "ha.yaml"), "utf8");
    expect(keep(input(text)).text).toBe(text);
    expectSame(input(text));
  });

  const init = b4("InitConfiguration", "nodeRegistration:\n  taints: []  # none");
  const emptyInit = b4("InitConfiguration", "");
  const initPort = b4("InitConfiguration", "# ours\nlocalAPIEndpoint:\n    bindPort:   6443 # usual");
  const clusterVersion = b4("ClusterConfiguration", "kubernetesVersion: 1.36.3 # as tested");
  const clusterEndpoint = b4("ClusterConfiguration", "controlPlaneEndpoint: 'api.example.com:8443'");
  const joining = b4("JoinConfiguration", "nodeRegistration: {taints: []}");
  const joinPort = b4("JoinConfiguration", "controlPlane: {localAPIEndpoint: {bindPort: 6443}}");
  const lists = b4("ClusterConfiguration", 'apiServer:\n  certSANs:\n  - a.example\n\n\n  - "b.example"');
  const goWords = `apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nfailSwapOn: no\n`;
  const json = `${JSON.stringify({ apiVersion: "kubeadm.k8s.io/v1beta4", kind: "ClusterConfiguration", kubernetesVersion: "v1.36.3", controlPlaneEndpoint: "192.168.10.100:8443" }, null, 2)}\n`;
  const all = (...documents: readonly string[]): string => documents.join("---\n");

  const flagSets: readonly (readonly [name: string, flags: FlagValues])[] = [
    ["no flag", {}],
    ["another version", { kubernetesVersion: "v1.35.2" }],
    ["the version again", { kubernetesVersion: "1.36.3" }],
    ["another endpoint", { controlPlaneEndpoint: "ha.example.com" }],
    ["an endpoint with its port", { controlPlaneEndpoint: "ha.example.com:16443" }],
    ["another port of the API server", { apiserverBindPort: "7443" }],
    ["the usual port", { apiserverBindPort: "6443" }],
    [
      "everything",
      {
        kubernetesVersion: "v1.35.2",
        controlPlaneEndpoint: "192.168.10.101:9443",
        apiserverBindPort: "7443",
        stack: "kube-vip-haproxy",
        vip: "192.168.10.101",
        interface: "ens1",
        failover: "fast",
        deployAs: "static-pod",
        node: ["a=192.168.10.51", "b=192.168.10.52,interface=eth9", "w=192.168.10.61,role=worker"],
      },
    ],
  ];
  const documentSets: readonly (readonly [name: string, text: string | undefined])[] = [
    ["no documents", undefined],
    ["InitConfiguration", init],
    ["InitConfiguration with nothing", emptyInit],
    ["InitConfiguration with a port", initPort],
    ["InitConfiguration with an empty endpoint", b4("InitConfiguration", "localAPIEndpoint: {}")],
    ["InitConfiguration with an endpoint of null", b4("InitConfiguration", "localAPIEndpoint:")],
    ["ClusterConfiguration with a version", clusterVersion],
    ["JoinConfiguration", joining],
    ["JoinConfiguration with a port", joinPort],
    ["InitConfiguration, and JoinConfiguration with a port", all(init, joinPort)],
    ["Cluster- before JoinConfiguration", all(lists, joining)],
    ["words that Go reads otherwise", all(clusterVersion, goWords)],
    ["JSON", json.replace(/,\n.*Endpoint.*/, "")],
    ["a comment above", `# Owner: platform team.\n\n${all(initPort, lists)}`],
    ["CRLF", all(initPort, clusterVersion, joinPort).replaceAll("\n", "\r\n")],
    ["a byte order mark", `\ufeff${all(initPort, clusterVersion)}`],
    ["document ends", `---\n${initPort}...\n---\n${clusterVersion}...\n`],
    ["a directive", `%YAML 1.2\n---\n${initPort}...\n%YAML 1.2\n---\n${clusterVersion}`],
    ["marks with comments", `--- # first\n${initPort}--- # second\n${clusterVersion}`],
    ["no line end at the end", all(initPort, clusterVersion).trimEnd()],
    ["v1beta3", all(b3("InitConfiguration", ""), b3("ClusterConfiguration", "kubernetesVersion: v1.36.3"))],
    ["v1beta3 without InitConfiguration", b3("ClusterConfiguration", "clusterName: a")],
  ];

  describe.each(documentSets)("%s", (_, documents) => {
    it.each(flagSets)("with %s", (_name, flags) => expectSame(input(ordinary, documents, flags)));
    it("without a balancer, with another port", () =>
      expectSame(input(kubeVipOnly, documents, { apiserverBindPort: "7443" })));
    // A directive must follow a document's end.
    const end = documents?.startsWith("%") === true ? "...\n" : "---\n";
    if (documents !== undefined)
      it("in the same file", () => expectSame(input(`${ordinary}${end}${documents.replace("\ufeff", "")}`)));
  });

  it.each([
    ["an endpoint that both name, and a flag", clusterEndpoint, { controlPlaneEndpoint: "ha.example.com:8443" }],
    ["an endpoint that a flag names again", clusterEndpoint, { controlPlaneEndpoint: "api.example.com:8443" }],
    ["JSON and every flag", json, { controlPlaneEndpoint: "x.example:1443", kubernetesVersion: "v1.36.1" }],
  ] as const)("%s", (_, documents, flags) => expectSame(input(ordinary, documents, flags)));

  it.each(["v1.30.4", "v1.36.3"])("%s that only kubeadm's document names, and a port", (version) => {
    const documents = b3("ClusterConfiguration", `kubernetesVersion: ${version}`);
    expectSame(input(changed("kubernetesVersion: v1.36.3\n", ""), documents, { apiserverBindPort: "7443" }));
  });

  it("flags alone", () => {
    const { file: _, ...flags } = input("", undefined, {
      stack: "keepalived-haproxy",
      vip: "192.168.10.100",
      interface: "eth0",
      kubernetesVersion: "1.30.4",
      node: ["cp1=192.168.10.11", "no=192.168.10.12", "1e3=192.168.10.13"],
      apiserverBindPort: "7443",
    });
    expectSame(flags);
  });

  it.each([
    ["CRLF", ordinary.replaceAll("\n", "\r\n")],
    ["a byte order mark", `\ufeff${ordinary}`],
    ["no line end at the end", ordinary.trimEnd()],
    ["document marks", `---\n${ordinary}...\n`],
    ["a directive", `%YAML 1.2\n---\n${ordinary}`],
    [
      "a directive of the past",
      `%YAML 1.1\n---\n${ordinary}keepalived: {virtualRouterID: 0_5_0, realtimePriority: 012}\n`,
    ],
    ["anchors", changed("[192.168.10.100]", "&vip [192.168.10.100]").concat("certSANs: *vip\n")],
    ["JSON", JSON.stringify(parse(ordinary))],
  ])("the user's file with %s, alone and with everything that may come to it", (_, text) => {
    expectSame(input(text));
    expectSame(input(text, init));
    expectSame(input(text, undefined, { apiserverBindPort: "7443" }));
    expectSame(input(text, initPort, { interface: "eth7", apiserverBindPort: "7443" }));
    const secret = keep(input(text, b4("InitConfiguration", `certificateKey: ${"0123456789abcdef".repeat(4)}`)));
    expect(meaning(onNode(secret.text).spec)).toEqual(meaning(secret.spec));
  });
});
