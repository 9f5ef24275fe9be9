import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";

import { parseAddress } from "../../src/net/address.ts";
import { type NodeFile, startNode } from "./lab/node.ts";
import { createSpace, mustRun, run, type Space, write } from "./lab/space.ts";
import { type Configuration, exampleConfigurations, familyNames, threeNodes } from "./support/configurations.ts";
import { type DebianRelease, debianReleases, mountDebian13, runOn } from "./support/debian.ts";
import { distinct, twoAtATime } from "./support/each.ts";
import { oracle, requireSystem } from "./support/programs.ts";
import { fileText, render, type Rendered, type RenderedNode } from "./support/render.ts";

const versions = ["v1.30.4", "v1.31.0", "v1.34.10", "v1.36.3", "v1.37.0"] as const;

const stacks = [
  { virtualIP: "keepalived", loadBalancer: "haproxy" },
  { virtualIP: "keepalived", loadBalancer: "none" },
  { virtualIP: "kube-vip", loadBalancer: "haproxy" },
  { virtualIP: "kube-vip", loadBalancer: "none" },
] as const;

/** What no example has: further ports, lines of one's own, LVS. */
function special(loadBalancer: string, more = ""): Configuration {
  const text = `apiVersion: kubeadm-ha.io/v1alpha1
kind: HAConfiguration
kubernetesVersion: v1.36.3
virtualIP: {provider: keepalived, addresses: [192.168.10.100], interface: eth0}
loadBalancer: {provider: ${loadBalancer}}
nodes:
- {name: cp1, addresses: [192.168.10.11]}
- {name: lb1, addresses: [192.168.10.31], role: load-balancer}
- {name: lb2, addresses: [192.168.10.32], role: load-balancer}
${more}`;
  return { name: `load balancers with ${loadBalancer}`, text, kubeadm: () => undefined };
}

const ofKeepalived = "  keepalived: {global: [vrrp_garp_interval 0.1], instance: [garp_master_delay 2]}\n";
const specials: readonly Configuration[] = [
  special("lvs"),
  special(
    "haproxy",
    `extraPorts: [9345, 443]\nsnippets:\n${ofKeepalived}  haproxy: {global: [nbthread 2], defaults: [timeout http-keep-alive 5s], frontend: ["tcp-request connection reject if { src 192.0.2.9 }"]}\n`,
  ),
  special(
    "nginx",
    `extraPorts: [9345, 443]\nsnippets:\n${ofKeepalived}  nginx: {main: [worker_priority -5;], stream: [tcp_nodelay on;], server: [proxy_buffer_size 32k;]}\n`,
  ),
];

const configurations = [
  ...exampleConfigurations(),
  ...familyNames.flatMap((family) => stacks.map((stack) => threeNodes(family, stack))),
  ...specials,
];

const keepalivedConfig = "/etc/kubeadm-ha/keepalived/keepalived.conf";
const haproxyConfig = "/etc/kubeadm-ha/haproxy/haproxy.cfg";
const workerProxyConfig = "/etc/kubeadm-ha/haproxy/worker-proxy.cfg";
const nginxConfig = "/etc/kubeadm-ha/nginx/nginx.conf";
const nginxProxyConfig = "/etc/kubeadm-ha/nginx/worker-proxy.conf";
const redirectRules = "/etc/kubeadm-ha/redirect/redirect.nft";
const kubeadmConfig = "/etc/kubeadm-ha/kubeadm.yaml";

beforeAll(requireSystem);

describe("keepalived, haproxy and nginx accept every rendered file and say nothing", () => {
  const trees = distinct(
    ["v1.30.4", "v1.34.10", "v1.37.0"].flatMap((version) =>
      configurations.flatMap((configuration) => daemonTrees(configuration.name, render(configuration, version))),
    ),
    ({ node, files }) => [node.interface, node.node.addresses, files],
  );

  it.each(debianReleases)("of %s", async (release) => {
    expect(trees.length).toBeGreaterThan(20);
    const complaints = await twoAtATime(trees, (tree) => complaintsAbout(tree, release));
    expect(complaints.flat()).toEqual([]);
  });

  it.each(debianReleases)("of %s, which would complain of a wrong one", async (release) => {
    const tree = trees.find(({ files }) => files.length > 2);
    if (tree === undefined) throw new Error("no tree with both programs");
    const wrong = tree.files.map((file) => ({
      ...file,
      text: file.text.replace("advert_int", "advert_interval").replace("timeout connect", "timeout conect"),
    }));
    const complaints = await complaintsAbout({ ...tree, files: wrong }, release);
    expect(complaints.map(({ program }) => program)).toEqual(["keepalived", "haproxy"]);
  });
});

describe("kubeadm", () => {
  let space: Space;
  beforeAll(async () => {
    space = await createSpace("kubeadm");
  });
  afterAll(() => space.stop());

  it.each(versions)("%s accepts every rendered configuration and warns of nothing", async (version) => {
    const all = configurations.flatMap((configuration) =>
      render(configuration, version).nodes.map((node) => ({
        name: `${configuration.name}, ${node.node.name}`,
        text: fileText(node, kubeadmConfig) ?? "",
      })),
    );
    const answers = await twoAtATime(
      distinct(all, ({ text }) => text),
      async ({ name, text }) => {
        const file = `/run/${name}.yaml`;
        write(space, { path: file, text, mode: 0o600 });
        const { status, stdout, stderr } = await run(space, [
          oracle(`kubeadm-${version}`),
          "config",
          "validate",
          "--config",
          file,
        ]);
        return { name, status, stdout: stdout.trim(), stderr };
      },
    );
    expect(answers.length).toBeGreaterThan(configurations.length);
    expect(answers.filter(({ status, stdout, stderr }) => status !== 0 || stdout !== "ok" || stderr !== "")).toEqual(
      [],
    );
  });

  it("would complain of an unknown field", async () => {
    const [configuration] = configurations;
    const [node] = configuration === undefined ? [] : render(configuration, "v1.37.0").nodes;
    const text = node === undefined ? "" : (fileText(node, kubeadmConfig) ?? "");
    write(space, { path: "/run/wrong.yaml", text: text.replace("advertiseAddress:", "advertisedAddress:") });
    const { status, stderr } = await run(space, [
      oracle("kubeadm-v1.37.0"),
      "config",
      "validate",
      "--config",
      "/run/wrong.yaml",
    ]);
    expect({ status, stderr }).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('unknown field "localAPIEndpoint.advertisedAddress"') as string,
    });
  });

  it.each(["v1.30.4", "v1.34.10", "v1.37.0"])(
    "%s makes API server certificates with every virtual IP and name",
    async (version) => {
      const certificates = distinct(
        configurations.map((configuration) => ({ name: configuration.name, rendered: render(configuration, version) })),
        ({ rendered }) => rendered.nodes[0]?.files.find(({ path }) => path === kubeadmConfig),
      );
      const missing = await twoAtATime(certificates, async ({ name, rendered }) => {
        const present = new Set(await certificateNames(space, { name, rendered, version }));
        return wantedNames(rendered)
          .filter((wanted) => !present.has(wanted))
          .map((wanted) => `${name}: ${wanted}`);
      });
      expect(missing.flat()).toEqual([]);
    },
  );
});

/** What keepalived and the balancer see of one node. */
interface Tree {
  readonly name: string;
  readonly node: RenderedNode;
  readonly files: readonly NodeFile[];
}

function daemonTrees(name: string, { nodes }: Rendered): readonly Tree[] {
  return nodes.flatMap((node) => {
    const files = node.files.filter(({ path }) =>
      /^\/etc\/kubeadm-ha\/(keepalived|haproxy|nginx|redirect)\//.test(path),
    );
    return files.length === 0 ? [] : [{ name: `${name}, ${node.node.name}`, node, files: files.map(onDebian) }];
  });
}

/** nginx's module lies elsewhere on other families. */
function onDebian(file: NodeFile): NodeFile {
  return { ...file, text: file.text.replace("load_module /usr/lib64/", "load_module /usr/lib/") };
}

interface Complaint {
  readonly tree: string;
  readonly program: string;
  readonly status: number | null;
  readonly output: string;
}

async function complaintsAbout({ name, node, files }: Tree, release: DebianRelease): Promise<readonly Complaint[]> {
  const addresses = node.node.addresses.map(({ text, family }) => `${text}/${family === 4 ? 24 : 64}`);
  const machine = await startNode({
    name: node.node.name,
    port: { interface: node.interface, addresses },
    files: [...files, ...(await clusterCA())],
  });
  try {
    // The kubelet or tmpfiles.d makes it.
    await mustRun(machine.space, ["mkdir", "/run/kubeadm-ha"]);
    if (release === "Debian 13") await mountDebian13(machine.space);
    const complaints: Complaint[] = [];
    const check = async (program: string, config: string, flags: readonly string[]): Promise<void> => {
      if (!files.some(({ path }) => path === config)) return;
      const { status, stdout, stderr } = await runOn(machine.space, release, [program, ...flags, config]);
      // haproxy before 2.8 says so; silence means the same for the others.
      const output = (stdout + stderr).replace(/^Configuration file is valid\n/m, "");
      if (status !== 0 || output !== "") complaints.push({ tree: name, program, status, output });
    };
    await check("keepalived", keepalivedConfig, ["--config-test", "--use-file"]);
    for (const config of [haproxyConfig, workerProxyConfig]) await check("haproxy", config, ["-c", "-dW", "-f"]);
    for (const config of [nginxConfig, nginxProxyConfig]) {
      const loads = files.some(({ path, text }) => path === config && text.includes("load_module "));
      await check("nginx", config, ["-e", "stderr", "-t", "-q", ...(loads ? [] : streamModule), "-c"]);
    }
    // The Debian 13 has daemons only.
    if (release === "Debian 12") await check("nft", redirectRules, ["--check", "--file"]);
    return complaints;
  } finally {
    await machine.stop();
  }
}

// The image has it built in.
const streamModule = ["-g", "load_module /usr/lib/nginx/modules/ngx_stream_module.so;"];

let ca: Promise<readonly NodeFile[]> | undefined;

/** haproxy wants a certificate at one of these paths; any will do. */
function clusterCA(): Promise<readonly NodeFile[]> {
  ca ??= makeCA();
  return ca;
}

async function makeCA(): Promise<readonly NodeFile[]> {
  const space = await createSpace("ca");
  try {
    const request = [
      "openssl",
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:prime256v1",
      "-nodes",
      "-keyout",
      "/run/ca.key",
      "-subj",
      "/CN=kubernetes",
    ];
    const text = await mustRun(space, request);
    return ["/etc/kubernetes/pki/ca.crt", "/etc/kubeadm-ha/ca.crt"].map((path) => ({ path, mode: 0o644, text }));
  } finally {
    await space.stop();
  }
}

interface CertificateRequest {
  readonly name: string;
  readonly rendered: Rendered;
  readonly version: string;
}

/** The names in the certificate that kubeadm makes on the first node, addresses in their canonical form. */
async function certificateNames(
  space: Space,
  { name, rendered, version }: CertificateRequest,
): Promise<readonly string[]> {
  const [first] = rendered.nodes;
  const config = `/run/${name}.yaml`;
  write(space, { path: config, text: first === undefined ? "" : (fileText(first, kubeadmConfig) ?? ""), mode: 0o600 });
  await mustRun(space, ["mkdir", "-p", "/etc/kubernetes"]);
  // In a mount namespace of its own, since two run at a time.
  const command = ["unshare", "--mount", "sh", "-ec", makeCertificates, oracle(`kubeadm-${version}`), config];
  const printed = await mustRun(space, command);
  return [...printed.matchAll(/(?:DNS|IP Address):([^,\s]+)/g)].map(([, value = ""]) => canonical(value));
}

const makeCertificates = `
mount -t tmpfs kubernetes /etc/kubernetes
"$0" init phase certs all --config "$1" >&2
openssl x509 -noout -ext subjectAltName -in /etc/kubernetes/pki/apiserver.crt`;

/** What clients may write in a URL, and what our own programs check for. */
function wantedNames({ spec, nodes }: Rendered): readonly string[] {
  const [first] = nodes;
  const cluster = (first === undefined ? "" : (fileText(first, kubeadmConfig) ?? ""))
    .split(/^---$/m)
    .map((text) => parse(text) as { kind?: string; apiServer?: { certSANs?: string[] } });
  const users = cluster.find(({ kind }) => kind === "ClusterConfiguration")?.apiServer?.certSANs ?? [];
  const addresses = [...spec.virtualIP.addresses, ...(first?.node.addresses.slice(0, 1) ?? [])].map(({ text }) => text);
  return [...new Set(["kubernetes", spec.endpoint.host, ...addresses, ...spec.certSANs, ...users].map(canonical))];
}

function canonical(name: string): string {
  return parseAddress(name)?.text ?? name;
}
