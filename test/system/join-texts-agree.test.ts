import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type Machine, programs, startMachine } from "./lab/machine.ts";
import { createNetwork, type Network } from "./lab/network.ts";
import { mustRun, write } from "./lab/space.ts";
import {
  initMessage,
  type JoinValues,
  printedCommand,
  tokenMessage,
  uploadCertsMessage,
} from "./support/join-texts.ts";
import { oracle, requireSystem } from "./support/programs.ts";

const versions = ["v1.30.4", "v1.31.0", "v1.34.10", "v1.36.3", "v1.37.0"] as const;

const address = "192.168.10.11";
const given: JoinValues = {
  endpoint: `${address}:6443`,
  token: "abcdef.0123456789abcdef",
  caCertHashes: [],
  certificateKey: "c3".repeat(32),
};
const withheld = "<value withheld>";

const withEndpoint = `controlPlaneEndpoint: ${given.endpoint}`;
const withKey = `certificateKey: ${given.certificateKey}`;
// The oldest and the newest say it all.
const inFull = new Set<string>(["v1.30.4", "v1.37.0"]);
const forms = [
  ["upload-certs", "all", ["--upload-certs"], given],
  ["upload-certs", "all", ["--upload-certs", "--skip-token-print"], { ...given, token: withheld }],
  ["upload-certs", "all", ["--upload-certs", "--skip-certificate-key-print"], { ...given, certificateKey: withheld }],
  ["copied-certs", "all", [], given],
  ["copied-certs", "no-key", [], { ...given, certificateKey: "" }],
  ["no-endpoint", "no-endpoint", [], given],
] as const;

// What other tests read in the place of kubeadm's words is what kubeadm says: its dry run ends with them.
describe.each(versions)("kubeadm %s", (version) => {
  const minor = Number(version.split(".")[1]);
  let network: Network;
  let machine: Machine;
  beforeAll(async () => {
    requireSystem();
    network = await createNetwork();
    const kubeadm = oracle(`kubeadm-${version}`);
    machine = await startMachine(network, { name: "cp1", address, names: {}, programs: { kubeadm } });
    const configurations = { all: [withKey, withEndpoint], "no-key": ["", withEndpoint], "no-endpoint": [withKey, ""] };
    for (const [name, lines] of Object.entries(configurations))
      write(machine.space, { path: `/root/${name}.yaml`, text: documents(version, lines) });
  });
  afterAll(() => Promise.all([machine.stop(), network.stop()]));

  const kubeadm = (...argv: readonly string[]): Promise<string> =>
    mustRun(machine.space, ["env", "KUBEADM_INIT_DRYRUN_DIR=/tmp", `${programs}/kubeadm`, ...argv]);

  it.each(inFull.has(version) ? forms : forms.slice(0, 1))(
    "init, %s, %s %j",
    async (form, configuration, flags, values) => {
      const base = ["--dry-run", "--skip-phases", skipped, "--config", `/root/${configuration}.yaml`];
      const printed = await kubeadm("init", ...base, ...flags);
      const ending = printed.slice(printed.indexOf("\nYour Kubernetes"));
      const hash = /sha256:[0-9a-f]{64}/.exec(ending)?.[0] ?? "";
      // A dry run has its kubeconfig elsewhere.
      const usual = ending.replace(/cp -i \S+\/admin\.conf /, "cp -i /etc/kubernetes/admin.conf ");
      expect(usual).toBe(initMessage({ minor, form }, { ...values, caCertHashes: [hash] }));
      if (values.token !== withheld) expect(printed).toContain(tokenMessage(given));
      if (form === "upload-certs" && values.certificateKey !== withheld)
        expect(withoutDryRun(printed)).toContain(uploadCertsMessage(given));
    },
  );

  it.each(["worker", "control-plane"] as const)("token create, %s", async (kind) => {
    await kubeadm("init", "phase", "certs", "ca", "--config", "/root/all.yaml");
    await kubeadm("init", "phase", "kubeconfig", "admin", "--config", "/root/all.yaml");
    const flags = kind === "worker" ? [] : ["--certificate-key", given.certificateKey];
    const printed = await kubeadm("token", "create", given.token, "--dry-run", "--print-join-command", ...flags);
    const hash = /sha256:[0-9a-f]{64}/.exec(printed)?.[0] ?? "";
    expect(withoutDryRun(printed).trimStart()).toBe(printedCommand({ ...given, caCertHashes: [hash] }, kind));
  });
});

const skipped =
  "preflight,control-plane,etcd,kubelet-start,wait-control-plane,upload-config,mark-control-plane,kubelet-finalize,addon";

function documents(version: string, [key, endpoint]: readonly string[]): string {
  const api = `apiVersion: kubeadm.k8s.io/${version.startsWith("v1.30.") ? "v1beta3" : "v1beta4"}`;
  return `${api}
kind: InitConfiguration
localAPIEndpoint: {advertiseAddress: ${address}, bindPort: 6443}
${key}
bootstrapTokens: [{token: ${given.token}}]
---
${api}
kind: ClusterConfiguration
kubernetesVersion: ${version}
${endpoint}
`;
}

/** Without what a dry run says it would do: those lines and the objects below them. */
function withoutDryRun(printed: string): string {
  const kept: string[] = [];
  let object = false;
  for (const line of printed.split("\n")) {
    if (line.startsWith("[dryrun]")) object = line.startsWith("[dryrun] Attached object");
    else if (/^(\[|kubeadm |Your )/.test(line)) object = false;
    if (!object && !line.startsWith("[dryrun]")) kept.push(line);
  }
  return kept.join("\n");
}
