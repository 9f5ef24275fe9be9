import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { runBuilt } from "../support/built.ts";
import { temporaryDirectory } from "../support/temporary.ts";

const flags = ["--vip", "192.168.10.100", "--kubernetes-version", "v1.36.3", "--interface", "eth0"];
const nodes = ["11", "12", "13"].flatMap((last) => ["--node", `cp${last}=192.168.10.${last}`]);
const script = (registry: string, stack = "keepalived-haproxy") =>
  runBuilt(["images", "--stack", stack, ...flags, ...nodes, "--mirror-script", registry]);

describe("images --mirror-script", () => {
  it("is a script that copies every image that images lists, under the same path", () => {
    const list = runBuilt(["images", "--stack", "keepalived-haproxy", ...flags, ...nodes])
      .out.trim()
      .split("\n");
    const directory = temporaryDirectory();
    mkdirSync(join(directory, "bin"));
    // In place of the program that copies: it writes down what it was asked.
    writeFileSync(join(directory, "bin/skopeo"), `#!/bin/sh\necho "$@" >> ${directory}/asked\n`);
    chmodSync(join(directory, "bin/skopeo"), 0o755);
    const { status } = spawnSync("sh", ["-c", script("registry.example.com:5000/mirror").out], {
      env: { PATH: `${directory}/bin:${process.env["PATH"] ?? ""}` },
    });
    expect(status).toBe(0);
    const asked = readFileSync(join(directory, "asked"), "utf8").trim().split("\n");
    expect(asked).toEqual(
      list.map((image) => {
        const path = image.split("/").slice(1).join("/");
        return `copy --all --preserve-digests docker://${image} docker://registry.example.com:5000/mirror/${path}`;
      }),
    );
  });

  it("tells what containerd needs for each registry that the images come from", () => {
    const { out } = script("registry.example.com");
    for (const [host, server] of [
      ["docker.io", "https://registry-1.docker.io"],
      ["ghcr.io", "https://ghcr.io"],
    ]) {
      expect(out).toContain(`/etc/containerd/certs.d/${host}/hosts.toml`);
      expect(out).toContain(`server = "${server}"`);
    }
    expect(out).toContain('[host."https://registry.example.com/v2"]');
    expect(script("registry.example.com/mirror").out).toContain('[host."https://registry.example.com/v2/mirror"]');
  });

  it("copies from where the images are, also when the nodes take them from the registry already", () => {
    const text = `apiVersion: kubeadm-ha.io/v1alpha1
kind: HAConfiguration
kubernetesVersion: v1.36.3
virtualIP: {provider: kube-vip, addresses: [192.168.10.100]}
images: {repository: registry.example.com}
nodes: [{name: cp1, addresses: [192.168.10.11]}]
`;
    const { out } = runBuilt(["images", "--config", "-", "--mirror-script", "registry.example.com"], { input: text });
    expect(out).toContain("copy ghcr.io/kube-vip/kube-vip:v1.2.1 registry.example.com/kube-vip/kube-vip:v1.2.1");
  });

  it("refuses what is no registry", () => {
    expect(script("https://registry.example.com")).toMatchObject({ code: 2, out: "" });
  });
});
