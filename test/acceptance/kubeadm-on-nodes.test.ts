import { chmodSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { formatPreflight, ignoreProblems, parseIgnoreList } from "../../src/checks/preflight.ts";
import { runBuilt } from "../support/built.ts";
import { ordinary } from "../support/configurations.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { cluster, errors, fakeFacts, told } from "./cluster.ts";

// Facts of the same list that concern what happens on a node.
describe("kubeadm, on nodes", () => {
  it("fact 10: a certificate key is 64 hexadecimal digits, lies in a file of mode 0600, and is never generated", () => {
    for (const key of ["b".repeat(63), "b".repeat(65), "z".repeat(64)]) {
      const { root, config } = machine();
      writeJoinFile(root, key);
      const { code, out, err } = prepare(root, config, "--node-name", "cp2", "--join");
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toContain("certificate key that is not 64 hexadecimal digits");
      expect(err).not.toContain(key);
    }
    const { root, config } = machine();
    writeJoinFile(root, fakeFacts.certificateKey);
    expect(prepare(root, config, "--node-name", "cp2", "--join").code).toBe(0);
    const path = join(root, "etc/kubeadm-ha/kubeadm.yaml");
    expect(readFileSync(path, "utf8")).toContain(`certificateKey: "${fakeFacts.certificateKey}"`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const founder = machine();
    prepare(founder.root, founder.config, "--node-name", "cp1", "--init");
    expect(allText(founder.root).join("")).not.toMatch(/^certificateKey:/m);
  });

  it("fact 14: subnets have a size that Kubernetes can use", () => {
    const subnets = (networking: string): readonly string[] =>
      errors({
        kubeadm: `apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nnetworking: ${networking}\n`,
      });
    expect(subnets("{serviceSubnet: 10.96.0.0/11}")).not.toEqual([]);
    expect(subnets("{serviceSubnet: 10.96.0.0/29}")).not.toEqual([]);
    expect(subnets("{serviceSubnet: '10.96.0.0/16,10.97.0.0/16'}")).not.toEqual([]);
    expect(subnets("{podSubnet: 10.244.0.0/25}")).not.toEqual([]);
    expect(subnets("{serviceSubnet: 10.96.0.0/12, podSubnet: 10.244.0.0/16}")).toEqual([]);
  });

  it("fact 23: files arrive by rename of a dot-file; a second run says unchanged and keeps the times", () => {
    const { root, config } = machine();
    const first = prepare(root, config, "--node-name", "cp1", "--init");
    expect(first.out).toContain('[load-balancer] Writing "/etc/kubernetes/manifests/haproxy.yaml"\n');
    const manifest = join(root, "etc/kubernetes/manifests/haproxy.yaml");
    const before = times(root);
    const second = prepare(root, config, "--node-name", "cp1", "--init");
    expect(second.out).toContain('[load-balancer] unchanged "/etc/kubernetes/manifests/haproxy.yaml"\n');
    expect(second.out).not.toContain("Writing");
    expect(times(root)).toEqual(before);
    const { ino } = statSync(manifest);
    writeFileSync(config, ordinary.replace("interface: eth0", "interface: eth0\nimages: {haproxy: haproxy:3.1}"));
    expect(prepare(root, config, "--node-name", "cp1", "--init").code).toBe(0);
    expect(statSync(manifest).ino).not.toBe(ino);
    expect(readdirSync(join(root, "etc/kubernetes/manifests")).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("fact 25: problems look as kubeadm's, are ignored without regard to case, and all stands alone", () => {
    const problem = { name: "Port-6443", severity: "error", message: "Port 6443 is in use" } as const;
    const warning = { name: "Swap", severity: "warning", message: "swap is on" } as const;
    expect(formatPreflight([problem, warning])).toBe(
      "\t[WARNING Swap]: swap is on\n" +
        "[preflight] Some fatal errors occurred:\n" +
        "\t[ERROR Port-6443]: Port 6443 is in use\n" +
        "[preflight] If you know what you are doing, you can make a check non-fatal with `--ignore-preflight-errors=...`\n",
    );
    expect(formatPreflight(ignoreProblems([problem], parseIgnoreList("port-6443")))).toBe(
      "\t[WARNING Port-6443]: Port 6443 is in use\n",
    );
    expect(() => parseIgnoreList("all,Port-6443")).toThrow("don't specify individual checks if 'all' is used");
    const { root, config } = machine();
    mkdirSync(join(root, "etc/kubernetes/manifests"), { recursive: true });
    writeFileSync(join(root, "etc/kubernetes/manifests/haproxy.yaml"), "somebody else's\n");
    const { code, out, err } = prepare(root, config, "--node-name", "cp1", "--init");
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/^\t\[ERROR ForeignFile--etc-kubernetes-manifests-haproxy\.yaml\]: /m);
  });

  it("fact 28: a release that needs the VIP right after its API server is told, with the one that does not", () => {
    for (const version of ["v1.34.5", "v1.35.2", "v1.36.0"]) {
      expect(told({ version }), version).toMatch(/warning: .*VIP|warning: .*virtual IP/);
      expect(warnings(version)).toContain("vip-race");
    }
    for (const version of ["v1.33.12", "v1.35.5", "v1.37.0"]) expect(warnings(version)).not.toContain("vip-race");
  });

  it("fact 30: --dry-run writes nothing and lists every file with its mode; --rootfs holds everything; reset lists ours", () => {
    const { root, config } = machine();
    const before = times(root);
    const dry = prepare(root, config, "--node-name", "cp1", "--init", "--dry-run");
    expect(dry.code).toBe(0);
    expect(times(root)).toEqual(before);
    expect(prepare(root, config, "--node-name", "cp1", "--init").code).toBe(0);
    const written = [...times(root).keys()].filter((path) => !/state\.json$|\/lock$/.test(path));
    expect(written.length).toBeGreaterThan(6);
    for (const path of written) {
      const mode = (statSync(join(root, path)).mode & 0o7777).toString(8).padStart(4, "0");
      expect(dry.out).toContain(`Would write "/${path}" (${mode}):\n`);
    }
    writeFileSync(join(root, "etc/kubernetes/manifests/kube-apiserver.yaml"), "kubeadm's own\n");
    const listed = runBuilt(["reset", "--rootfs", root, "--dry-run"]).out;
    for (const path of written) expect(listed).toContain(`Would remove "/${path}"\n`);
    expect(listed).not.toContain("kube-apiserver");
    expect(runBuilt(["reset", "--rootfs", root, "--force"]).code).toBe(0);
    expect([...times(root).keys()]).toEqual(["etc/kubernetes/manifests/kube-apiserver.yaml"]);
  });
});

function machine(): { readonly root: string; readonly config: string } {
  const directory = temporaryDirectory();
  const config = join(directory, "ha.yaml");
  writeFileSync(config, ordinary);
  mkdirSync(join(directory, "root"));
  return { root: join(directory, "root"), config };
}

function prepare(root: string, config: string, ...flags: readonly string[]): ReturnType<typeof runBuilt> {
  return runBuilt(["prepare", "--config", config, "--rootfs", root, ...flags]);
}

function writeJoinFile(root: string, key: string): void {
  const { joinToken, caCertHashes } = fakeFacts;
  const command = `kubeadm join 192.168.10.100:8443 --token ${joinToken} --discovery-token-ca-cert-hash ${caCertHashes} --control-plane --certificate-key ${key}\n`;
  mkdirSync(join(root, "run/kubeadm-ha"), { recursive: true });
  writeFileSync(join(root, "run/kubeadm-ha/join"), command);
  chmodSync(join(root, "run/kubeadm-ha"), 0o700);
}

function times(root: string): ReadonlyMap<string, bigint> {
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).toSorted();
  const files = paths.filter((path) => statSync(join(root, path)).isFile());
  return new Map(files.map((path) => [path, statSync(join(root, path), { bigint: true }).mtimeNs]));
}

function allText(root: string): readonly string[] {
  return [...times(root).keys()].map((path) => readFileSync(join(root, path), "utf8"));
}

function warnings(version: string): readonly string[] {
  return cluster({ version })
    .findings.filter(({ severity }) => severity === "warning")
    .map(({ rule }) => rule);
}
