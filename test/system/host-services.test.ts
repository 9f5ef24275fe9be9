import { beforeAll, expect, it, onTestFinished } from "vitest";

import { type Host, inCheckout, startHost } from "./lab/host.ts";
import { mustRun, read, write } from "./lab/space.ts";
import { proxiedWorker } from "./support/configurations.ts";
import { requireSystem } from "./support/programs.ts";

// There is no systemd in the lab: a systemctl that says yes keeps what it was told.
const asked = "/run/asked";
const config = inCheckout("manifests/keepalived-haproxy-systemd/ha.yaml");
const [haproxy, keepalived] = ["kubeadm-ha-haproxy.service", "kubeadm-ha-keepalived.service"];

const forms = {
  "kubeadm-ha prepare": `kubeadm-ha prepare --config ${config} --init --ignore-preflight-errors all`,
  "the node script": `kubeadm-ha render --config ${config} --node cp1 --format script >node.sh && sh node.sh --init --ignore-preflight-errors all`,
} as const;

beforeAll(requireSystem);

it.each(Object.entries(forms))(
  "%s starts the services, the balancer first; reset lets it serve until the address has moved",
  async (_, prepare) => {
    const host = await server();
    const prepared = await host.shell(prepare);
    expect(prepared.status, prepared.stderr).toBe(0);
    expect(prepared.stdout).toContain(`Starting "${haproxy}"`);
    expect(await told(host)).toEqual([
      "daemon-reload",
      `enable --quiet ${haproxy} ${keepalived}`,
      `start --no-block ${haproxy} ${keepalived}`,
    ]);
    // As a keepalived that was killed leaves it.
    await mustRun(host.space, ["ip", "addr", "add", "192.168.10.100/32", "dev", "eth0"]);
    const reset = await host.shell("kubeadm-ha reset --force");
    expect(reset.status, reset.stderr).toBe(0);
    expect(await told(host)).toEqual([
      `disable --now --quiet ${keepalived} beside the address`,
      `disable --now --quiet ${haproxy}`,
      "daemon-reload",
    ]);
  },
);

it.each(["haproxy", "nginx"] as const)(
  "reset leads the kubelet of a worker back before its proxy (%s) goes, and says so",
  async (provider) => {
    const host = await server();
    write(host.space, { path: "/etc/ha.yaml", text: proxiedWorker(provider, "192.168.10.11") });
    const prepared = await host.shell("kubeadm-ha prepare --config /etc/ha.yaml --ignore-preflight-errors all");
    expect(prepared.status, prepared.stderr).toBe(0);
    const conf = (url: string): string => `clusters:\n- cluster:\n    server: ${url}\n  name: default\n`;
    write(host.space, { path: "/etc/kubernetes/kubelet.conf", text: conf("https://127.0.0.1:6443") });
    const dry = await host.shell("kubeadm-ha reset --dry-run");
    expect(dry.stdout).toContain("[reset] Would lead the kubelet back from its proxy at https://127.0.0.1:6443\n");
    expect(await told(host)).toEqual([]);
    const reset = await host.shell("kubeadm-ha reset --force");
    expect(reset.status, reset.stderr).toBe(0);
    expect(read(host.space, "/etc/kubernetes/kubelet.conf")).toBe(conf("https://api.example.com:6443"));
    expect(await told(host)).toEqual(["restart kubelet"]);
    expect(reset.stdout).toContain("the kubelet uses https://api.example.com:6443\n");
    expect(reset.stdout).toContain("kube-proxy's ConfigMap may still name https://127.0.0.1:6443");
    expect((await host.shell("ls -A /etc/kubeadm-ha /etc/kubernetes/manifests")).stdout).not.toContain("yaml");
  },
);

it("reset waits where the kubelet cannot be led back", async () => {
  const host = await server();
  const config = inCheckout("manifests/worker-proxy/ha.yaml");
  const prepare = `kubeadm-ha prepare --config ${config} --node-name worker1 --ignore-preflight-errors all`;
  expect(await host.shell(prepare)).toMatchObject({ status: 0 });
  const text = "clusters:\n- cluster:\n    server: https://127.0.0.1:6443\n";
  write(host.space, { path: "/etc/kubernetes/kubelet.conf", text });
  host.script(
    "systemctl",
    'case $1 in restart) echo "Unit kubelet.service not found." >&2; exit 5 ;; is-active) exit 3 ;; esac',
  );
  const failed = await host.shell("kubeadm-ha reset --force");
  expect(failed.status).toBe(3);
  expect(failed.stderr).toContain("cannot lead the kubelet back from the proxy (Unit kubelet.service not found.)");
  expect(read(host.space, "/etc/kubernetes/manifests/kubeadm-ha-proxy.yaml")).toBeDefined();
});

it("the endpoint's name is in /etc/hosts from prepare to reset", async () => {
  const host = await server();
  const text = (read(host.space, config) ?? "").replace(
    "virtualIP:",
    "controlPlaneEndpoint: api.example.com\nhosts: true\nvirtualIP:",
  );
  write(host.space, { path: "/etc/ha.yaml", text });
  // A systemctl that does what the unit says.
  const line = (word: string): string => `sed -n 's/^${word}=//p' /etc/systemd/system/kubeadm-ha-hosts.service | sh`;
  host.script(
    "systemctl",
    `case "$1 $*" in
  start*kubeadm-ha-hosts.service*) ${line("ExecStart")} ;;
  disable*kubeadm-ha-hosts.service*) ${line("ExecStop")} ;;
  is-active*) exit 3 ;;
esac`,
  );
  const before = read(host.space, "/etc/hosts");
  const prepared = await host.shell(
    "kubeadm-ha prepare --config /etc/ha.yaml --init --ignore-preflight-errors all && getent hosts api.example.com",
  );
  expect(prepared.status, prepared.stderr).toBe(0);
  expect(prepared.stdout).toMatch(/^192\.168\.10\.100 +api\.example\.com$/m);
  expect(await host.shell("kubeadm-ha reset --force")).toMatchObject({ status: 0 });
  expect(read(host.space, "/etc/hosts")).toBe(before);
});

it("a systemctl that fails is told, with what it said", async () => {
  const host = await server();
  host.script("systemctl", 'case $1 in start) echo "Unit is masked." >&2; exit 1 ;; is-active) exit 3 ;; esac');
  for (const prepare of Object.values(forms)) {
    const { status, stderr } = await host.shell(prepare);
    expect(status).toBe(3);
    expect(stderr).toContain("Unit is masked.");
    expect((await host.shell("kubeadm-ha reset --force")).status).toBe(0);
  }
});

/** A fresh server that systemd has booted, as far as sd_booted(3) can see. */
async function server(): Promise<Host> {
  const host = await startHost();
  onTestFinished(() => host.stop());
  host.script(
    "systemctl",
    `[ "$1" != is-active ] || exit 3
ip -o addr show to 192.168.10.100 | grep -q . && beside=' beside the address'
echo "$*$beside" >>${asked}`,
  );
  await mustRun(host.space, ["mkdir", "-p", "/run/systemd/system"]);
  return host;
}

/** What systemctl was told since the last time. */
async function told(host: Host): Promise<readonly string[]> {
  const lines = (read(host.space, asked) ?? "").split("\n").slice(0, -1);
  await mustRun(host.space, ["rm", "-f", asked]);
  return lines;
}
