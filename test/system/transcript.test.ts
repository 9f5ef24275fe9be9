import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type Machine, programs } from "./lab/machine.ts";
import { type Site, startSite } from "./lab/site.ts";
import { mustRun, read, type Result } from "./lab/space.ts";
import { joinSecretsIn } from "./support/join-texts.ts";
import { oracle, requireSystem } from "./support/programs.ts";

// The first hour with the product, word for word as the documentation has it.
const transcript = `
laptop$ kubeadm-ha config print --stack keepalived-haproxy > ha.yaml; $EDITOR ha.yaml; kubeadm-ha validate ha.yaml
laptop$ kubeadm-ha render --node cp1 --format script | ssh root@cp1 sh
cp1#    kubeadm init --config /etc/kubeadm-ha/kubeadm.yaml --upload-certs
cp1#    sh /etc/kubeadm-ha/join-command.sh                                     # prints a join file for the others (token, CA hash, certificate key)
laptop$ ssh root@cp1 sh /etc/kubeadm-ha/join-command.sh | ssh root@cp2 'umask 077; mkdir -p /run/kubeadm-ha; cat > /run/kubeadm-ha/join'
laptop$ kubeadm-ha render --node cp2 --format script | ssh root@cp2 sh
cp2#    kubeadm join --config /etc/kubeadm-ha/kubeadm.yaml                     # the same for cp3
cp1#    sh /etc/kubeadm-ha/finalize.sh                                         # kube-vip only, after the joins: moves the VIP once, about 1 s
`;

const stacks = [
  {
    name: "keepalived-haproxy",
    port: 8443,
    manifests: ["haproxy.yaml", "keepalived.yaml"],
    files: [
      ["keepalived/keepalived.conf", "644"],
      ["haproxy/haproxy.cfg", "644"],
    ],
  },
  { name: "kube-vip", port: 6443, manifests: ["kube-vip.yaml"], files: [] },
] as const;
type Stack = (typeof stacks)[number];

interface Step {
  readonly machine: string;
  readonly line: string;
}
interface Done extends Step, Result {}

const nodes = { cp1: "192.168.10.11", cp2: "192.168.10.12", cp3: "192.168.10.13" };
const joiners = ["cp2", "cp3"] as const;
const virtualIP = "192.168.10.100";
const join = "/run/kubeadm-ha/join";
const kubeadmConfig = "/etc/kubeadm-ha/kubeadm.yaml";

beforeAll(requireSystem);

describe.each(stacks)("the first hour, $name", (stack) => {
  const done: Done[] = [];
  const secrets = new Map<string, readonly string[]>();
  const site = siteFor(() => nodes);
  const server = (name: string) => site().server(name);

  it.each(steps(stack).map(({ machine, line }) => [machine, line] as const))("%s: %s", async (machine, line) => {
    const result = await site().type(machine, line);
    done.push({ machine, line, ...result });
    expect(result.status, result.stderr + result.stdout).toBe(0);
    expect(result.stderr).not.toMatch(/^error:|\[ERROR/m);
    // The kubelet has started what kubeadm wrote.
    if (line.startsWith("kubeadm init")) await server("cp1").serveApi(virtualIP, stack.port);
    const target = /ssh root@(\w+) 'umask 077/.exec(line)?.[1];
    if (target !== undefined) {
      // The status of a pipe is its last program's, which succeeds with nothing to read, too.
      secrets.set(target, joinSecretsIn(read(server(target).space, join) ?? ""));
      expect(secrets.get(target)).toHaveLength(2);
      expect(await modes(server(target), ["/run/kubeadm-ha", join])).toEqual(["700", "600"]);
    }
  });

  it("says on every machine what to type next", () => {
    const said = (line: RegExp): string => done.findLast((step) => line.test(step.line))?.stdout ?? "";
    expect(said(/ssh root@cp1 sh$/)).toContain(`kubeadm init --config ${kubeadmConfig} --upload-certs`);
    for (const name of joiners)
      expect(said(new RegExp(`ssh root@${name} sh$`))).toContain(`kubeadm join --config ${kubeadmConfig}`);
  });

  it.each(Object.keys(nodes))("has every file of %s in its place, with its mode", async (name) => {
    const machine = server(name);
    const files = [["kubeadm.yaml", "600"], ["ha.yaml", "600"], ["state.json", "600"], ...stack.files] as const;
    const wanted = files.map(([file, mode]) => [`/etc/kubeadm-ha/${file}`, mode] as const);
    const pods = stack.manifests.map((file) => [`/etc/kubernetes/manifests/${file}`, "600"] as const);
    const all = [...wanted, ...pods, ["/etc/kubeadm-ha", "755"] as const];
    const found = await modes(
      machine,
      all.map(([file]) => file),
    );
    expect(all.map(([file], index) => [file, found[index]])).toEqual(all);
  });

  it.each(Object.keys(nodes))("leaves on %s what render makes", async (name) => {
    const { laptop } = site();
    await mustRun(laptop.space, ["env", "-C", "/root", "kubeadm-ha", "render", "--output", "out"]);
    const rendered = await sums(laptop, `/root/out/${name}`);
    expect(Object.keys(rendered).length).toBeGreaterThan(0);
    const moved = name === "cp1" && stack.name === "kube-vip" ? ["/etc/kubernetes/manifests/kube-vip.yaml"] : [];
    for (const path of moved) delete rendered[path];
    expect(await sums(server(name), "", Object.keys(rendered))).toEqual(rendered);
  });

  it.each(joiners)("%s joins with the secrets that it was brought, and only kubeadm.yaml has them", async (name) => {
    const { space, calls } = server(name);
    const brought = secrets.get(name) ?? [];
    expect(brought).toHaveLength(2);
    for (const secret of brought) expect(read(space, kubeadmConfig)).toContain(secret);
    const patterns = brought.flatMap((secret) => ["-e", secret]);
    // Below /run/.etc lie the files of /etc once more.
    const search = ["grep", "-rlF", "--exclude-dir=.etc", ...patterns, "/etc", "/run", "/var", "/tmp", "/root"];
    expect((await mustRun(space, search)).trimEnd()).toBe(kubeadmConfig);
    expect(read(space, join)).toBeUndefined();
    expect(calls("kubeadm")).toContain(`join --config ${kubeadmConfig}`);
  });

  it.each(Object.keys(nodes))("kubeadm accepts the configuration of %s", async (name) => {
    const validate = [`${programs}/kubeadm`, "config", "validate", "--config", kubeadmConfig];
    expect(await mustRun(server(name).space, validate)).toBe("ok\n");
  });

  it("prints no secret, where kubeadm itself or join-command.sh does not", () => {
    const own = (step: Done): boolean => /^(kubeadm init|sh \S+join-command.sh)/.test(step.line);
    const all = [...[...secrets.values()].flat(), ...done.filter(own).flatMap(({ stdout }) => joinSecretsIn(stdout))];
    expect(new Set(all).size).toBeGreaterThanOrEqual(8);
    const printed = done.flatMap((step) => [own(step) ? "" : step.stdout, step.stderr]).join("\n");
    for (const secret of all) expect(printed.includes(secret), "a secret was printed").toBe(false);
  });

  if (stack.name === "kube-vip")
    it("finalize waited for the role and moved kube-vip to admin.conf", async () => {
      const { space, calls } = server("cp1");
      const manifest = read(space, "/etc/kubernetes/manifests/kube-vip.yaml");
      expect(manifest).toContain("path: /etc/kubernetes/admin.conf");
      expect(manifest).not.toContain("path: /etc/kubernetes/super-admin.conf");
      expect(calls("kubectl").length).toBeGreaterThan(refusals);
      expect(JSON.parse(read(space, "/etc/kubeadm-ha/state.json") ?? "{}")).toMatchObject({ finalized: true });
      expect(await mustRun(space, ["ls", "-A", "/etc/kubernetes/manifests"])).not.toMatch(/^\./m);
    });
});

describe("a first node that is set up again while its cluster lives", () => {
  const site = siteFor(() => ({ cp1: nodes.cp1, cp2: nodes.cp2 }));
  const [configure, render] = steps(stacks[0]);

  it("does not found a second cluster", async () => {
    await site().server("cp2").serveApi(virtualIP, stacks[0].port);
    expect(await type(site(), configure)).toMatchObject({ status: 0 });
    const { status, stderr } = await type(site(), render);
    expect(stderr).toContain("[ERROR ClusterExists]");
    expect(status).toBe(1);
    expect(read(site().server("cp1").space, kubeadmConfig)).toBeUndefined();
  });

  it("does when it is told to", async () => {
    const { machine = "", line = "" } = render ?? {};
    expect(await site().type(machine, `${line} -s -- --init`)).toMatchObject({ status: 0 });
    expect(read(site().server("cp1").space, kubeadmConfig)).toContain("kind: InitConfiguration");
  });
});

const refusals = 2;

/** The lines of the transcript for a stack, with what cp3 needs after what cp2 needed. */
function steps({ name }: Stack): readonly Step[] {
  const lines = transcript.trim().split("\n").map(parse);
  const end = lines.findIndex(({ line }) => line.startsWith("kubeadm join"));
  const [others, last] = [lines.slice(0, end + 1), lines.slice(end + 1)];
  const forCp3 = others
    .filter(({ machine, line }) => machine === "cp2" || line.includes("cp2"))
    .map(({ machine, line }) => ({ machine: machine.replace("cp2", "cp3"), line: line.replaceAll("cp2", "cp3") }));
  const all = [...others, ...forCp3, ...(name === "kube-vip" ? last : [])];
  return all.map(({ machine, line }) => ({ machine, line: line.replace("keepalived-haproxy", name) }));
}

function parse(text: string): Step {
  const [, machine, line] = /^(\w+)[$#] +(.+)$/.exec(text) ?? [];
  if (machine === undefined || line === undefined) throw new Error(`not a line of a transcript: ${text}`);
  return { machine, line };
}

function type(site: Site, step: Step | undefined): Promise<Result> {
  if (step === undefined) throw new Error("no such line");
  return site.type(step.machine, step.line);
}

/** Machines for the tests of one block. */
function siteFor(servers: () => Readonly<Record<string, string>>): () => Site {
  let site: Site | undefined;
  beforeAll(async () => {
    site = await startSite({
      servers: servers(),
      otherNames: { "api.example.com": virtualIP },
      // A release whose kubelet runs on cgroup v1, which the machine of the test may have.
      edit: "s/^# controlPlaneEndpoint: api.example.com /controlPlaneEndpoint: api.example.com /; s/v1.36.3/v1.34.10/",
      kubeadm: { program: oracle("kubeadm-v1.34.10"), minor: 34 },
      refusals,
    });
  });
  afterAll(() => site?.stop());
  return () => {
    if (site === undefined) throw new Error("the machines did not start");
    return site;
  };
}

async function modes({ space }: Machine, paths: readonly string[]): Promise<readonly string[]> {
  const printed = await mustRun(space, [
    "sh",
    "-c",
    'for path; do stat -c %a "$path" 2>/dev/null || echo absent; done',
    "sh",
    ...paths,
  ]);
  return printed.trimEnd().split("\n");
}

/** Mode and hash of the files below a directory, or of those given. */
async function sums(
  { space }: Machine,
  directory: string,
  paths: readonly string[] = [],
): Promise<Record<string, string>> {
  const each = 'for path; do echo "$path $(stat -c %a "$path") $(sha256sum <"$path")"; done';
  const find = ["find", directory, "-type", "f", "-exec", "sh", "-c", each, "sh", "{}", "+"];
  const printed = await mustRun(space, paths.length === 0 ? find : ["sh", "-c", each, "sh", ...paths]);
  const lines = printed.trimEnd().split("\n");
  return Object.fromEntries(
    lines.map((line) => {
      const [path = "", ...rest] = line.slice(directory.length).split(" ");
      return [path, rest.join(" ")];
    }),
  );
}
