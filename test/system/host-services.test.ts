import { beforeAll, expect, it, onTestFinished } from "vitest";

import { type Host, inCheckout, startHost } from "./lab/host.ts";
import { mustRun, read } from "./lab/space.ts";
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
