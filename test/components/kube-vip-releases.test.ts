import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";

import { readImage, releaseOf } from "../../src/config/image.ts";
import { isReadBy, variables } from "../../src/config/kube-vip-variables.ts";
import { resolveConfiguration } from "../../src/config/resolve.ts";
import { kubeadmRules } from "../../src/kubeadm/rules.ts";
import { makePlan } from "../../src/plan/make-plan.ts";
import { byOwnAddress, kubeVipModes, sinceV122, withRelease } from "../support/kube-vip-clusters.ts";

// Every tag from v0.8.0 to v1.2.3 that changed a variable, and those around it.
const releases =
  "v0.8.0 v0.8.1 v0.8.4 v0.8.9 v0.8.10 v0.9.0 v0.9.2 v1.0.0 v1.0.1 v1.0.2 v1.0.4 v1.1.0 v1.1.2 v1.2.0 v1.2.1 v1.2.2 v1.2.3".split(
    " ",
  );
const ofClient = new Set(["KUBERNETES_SERVICE_HOST", "KUBERNETES_SERVICE_PORT"]);
const modes: Readonly<Record<string, string>> = { ...kubeVipModes, ...sinceV122 };

describe.each(releases)("kube-vip %s", (tag) => {
  it.each(Object.keys(modes))("%s: gets only variables that it reads, or is refused", (name) => {
    const { findings, names } = rendered(withRelease(modes[name] ?? "", tag));
    const errors = findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule);
    if (errors.length > 0) expect(["kube-vip-image", "kube-vip-release"]).toEqual(expect.arrayContaining(errors));
    else expect(unread(names, tag)).toEqual([]);
  });
});

describe("what changed between releases", () => {
  const masks = (tag: string) =>
    rendered(withRelease(modes["own-address"] ?? "", tag)).names.filter((name) => /cidr|subnet/.test(name));

  it.each([
    ["v0.8.0", ["vip_cidr"]],
    ["v0.8.10", ["vip_cidr"]],
    ["v0.9.0", ["vip_subnet"]],
    ["v1.2.3", ["vip_subnet"]],
  ])("the mask at %s is %j", (tag, names) => {
    expect(masks(tag)).toEqual(names);
  });

  it.each([
    ["v1.1.2", "bgp", "kube-vip-release"],
    ["v1.2.0", "bgp", undefined],
    ["v1.2.1", "bgp-bfd", "kube-vip-release"],
    ["v1.2.3", "bgp-bfd", undefined],
    ["v1.2.1", "lose-leadership", "kube-vip-release"],
    ["v1.2.3", "lose-leadership", undefined],
    ["v1.0.1", "node-labeling", "kube-vip-release"],
    ["v1.0.2", "node-labeling", undefined],
    ["v1.1.1", "services", "kube-vip-image"],
    ["v1.1.2", "services", undefined],
    ["v1.2.0", "etcd-election", "kube-vip-image"],
    ["v1.2.2", "dns", "kube-vip-image"],
    ["v1.2.3", "dns", undefined],
    ["v0.7.2", "own-address", "kube-vip-image"],
    ["v0.8.0", "own-address", undefined],
  ])("%s with %s: %s", (tag, name, rule) => {
    const { findings } = rendered(withRelease(modes[name] ?? "", tag));
    const errors = findings.filter(({ severity }) => severity === "error").map((finding) => finding.rule);
    expect([...new Set(errors)]).toEqual(rule === undefined ? [] : [rule]);
  });

  it("v1.2.2 is refused with a kubeconfig called admin.conf, and takes the node's own address", () => {
    const text = withRelease(modes["services"] ?? "", "v1.2.2");
    expect(rendered(text).findings).toContainEqual(expect.objectContaining({ rule: "kube-vip-image" }));
    const { findings, names } = rendered(byOwnAddress(text));
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(names).toContain("kubernetes_addr");
  });

  it.each([
    ["v1.2.1", "ghcr.io/kube-vip/kube-vip", "kube-vip-image"],
    ["v1.2.1", "ghcr.io/kube-vip/kube-vip-iptables", undefined],
    ["v1.2.3", "ghcr.io/kube-vip/kube-vip", undefined],
  ])("masquerading with %s of %s: %s", (tag, repository, rule) => {
    const { findings } = rendered(`${modes["ipvs"] ?? ""}images: {kubeVip: "${repository}:${tag}"}\n`);
    const errors = findings.filter(({ severity }) => severity === "error").map((finding) => finding.rule);
    expect(errors).toEqual(rule === undefined ? [] : [rule]);
  });

  it("masquerading takes the image with iptables by itself", () => {
    expect(rendered(modes["ipvs"] ?? "").image).toMatch(/\/kube-vip-iptables:v1\.2\.1$/);
    expect(readImage(rendered(modes["ipvs-local"] ?? "").image).program).toBe("kube-vip");
  });
});

function unread(names: readonly string[], tag: string): readonly string[] {
  const release = releaseOf(tag);
  return names.filter((name) => {
    const variable = variables.find((candidate) => candidate.name === name);
    return !ofClient.has(name) && (variable === undefined || !isReadBy(variable, release));
  });
}

function rendered(text: string) {
  const { spec, findings } = resolveConfiguration({ file: { name: "ha.yaml", text }, rules: kubeadmRules });
  const files = spec === undefined ? [] : makePlan(spec).nodes.flatMap((node) => node.files);
  const manifests = files
    .filter(({ path }) => path.endsWith("/kube-vip.yaml"))
    .flatMap(({ variants }) => variants.init?.text ?? []);
  const containers = manifests.flatMap((manifest) =>
    parseAllDocuments(manifest).flatMap((document) => containersOf(document.toJS())),
  );
  return {
    findings,
    names: [...new Set(containers.flatMap(({ env }) => env.map(({ name }) => name)))],
    image: containers[0]?.image ?? "",
  };
}

interface Container {
  readonly image: string;
  readonly env: readonly { readonly name: string }[];
}

function containersOf(object: {
  spec?: { containers?: Container[]; template?: { spec: { containers: Container[] } } };
}): readonly Container[] {
  return object.spec?.containers ?? object.spec?.template?.spec.containers ?? [];
}
