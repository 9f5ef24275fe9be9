import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { type Host, inCheckout, startHost } from "./lab/host.ts";
import { mustRun, read } from "./lab/space.ts";
import { requireSystem } from "./support/programs.ts";

// A keepalived that was killed, or a kube-vip whose node left, does not give the address back.

const virtualIPs = ["192.168.10.100/32", "fd00:10::100/128"];
const others = ["192.168.10.11/24", "fd00:10::11/64", "192.168.10.101/32", "192.168.10.10/32", "fd00:10::1000/128"];

let host: Host;

beforeAll(requireSystem);
beforeEach(async () => {
  host = await startHost();
  for (const address of others.slice(2)) await add(address);
});
afterEach(() => host.stop());

describe.each(["dual-stack", "kube-vip"])("%s", (example) => {
  const own = example === "dual-stack" ? virtualIPs : virtualIPs.slice(0, 1);
  const lines = own.map((address) => `address ${address} from eth0`);

  it("removes the virtual IP that was left on the machine, and no other address", async () => {
    await prepare(example);
    for (const address of own) await add(address);
    const before = await addresses();
    expect(before).toEqual(expect.arrayContaining([...own, ...others]));
    const listed = await host.shell("kubeadm-ha reset --dry-run");
    expect(listed).toMatchObject({ status: 0, stderr: "" });
    for (const line of lines) expect(listed.stdout).toContain(`[reset] Would remove ${line}\n`);
    expect(await addresses()).toEqual(before);
    expect(read(host.space, "/etc/kubeadm-ha/state.json")).toBeDefined();
    const { status, stdout } = await host.shell("kubeadm-ha reset --force");
    expect(status).toBe(0);
    for (const line of lines) expect(stdout).toContain(`[reset] Removing ${line}\n`);
    expect(await addresses()).toEqual(before.filter((address) => !own.includes(address)));
  });

  it("says nothing of addresses that are not there", async () => {
    await prepare(example);
    const before = await addresses();
    for (const options of ["--dry-run", "--force"])
      expect((await host.shell(`kubeadm-ha reset ${options}`)).stdout).not.toContain("address");
    expect(await addresses()).toEqual(before);
    expect((await host.shell("ls -A /etc/kubeadm-ha /etc/kubernetes /run/kubeadm-ha")).stdout).toBe("");
  });
});

it("waits for an agent that gives the address back by itself", async () => {
  await prepare("kube-vip");
  await add("192.168.10.100/32");
  const kubelet = await startKubelet("kube-vip.yaml");
  const { status, stdout } = await host.shell("kubeadm-ha reset --force");
  expect(await kubelet.ended).toMatchObject({ status: 0, stderr: "" });
  expect({ status, addresses: stdout.match(/address .*/) }).toEqual({ status: 0, addresses: null });
});

it("keeps the load balancer until the address has moved", async () => {
  await prepare("keepalived-haproxy");
  await add("192.168.10.100/32");
  const kubelet = await startKubelet("keepalived.yaml");
  expect(await host.shell("kubeadm-ha reset --force")).toMatchObject({ status: 0 });
  expect(await kubelet.ended).toMatchObject({ status: 0, stdout: "haproxy.yaml\n" });
  expect((await host.shell("ls -A /etc/kubernetes")).stdout).toBe("");
});

it("another root says nothing about this machine", async () => {
  await prepare("kube-vip", "--rootfs /srv/machine");
  await add("192.168.10.100/32");
  expect((await host.shell("kubeadm-ha reset --force --rootfs /srv/machine")).stdout).not.toContain("address");
  expect(await addresses()).toContain("192.168.10.100/32");
});

/** A kubelet that stops the pod of a manifest that is gone, lists the others, and with the pod goes the address. */
async function startKubelet(manifest: string) {
  await mustRun(host.space, ["mkdir", "-p", "/var/lib/kubelet"]);
  await mustRun(host.space, ["touch", "/var/lib/kubelet/config.yaml"]);
  const wait = `cd /etc/kubernetes/manifests; while [ -e ${manifest} ]; do sleep 0.05; done; sleep 0.5`;
  return { ended: host.shell(`${wait}; ls; ip addr del 192.168.10.100/32 dev eth0`) };
}

async function prepare(example: string, options = ""): Promise<void> {
  const config = inCheckout(`manifests/${example}/ha.yaml`);
  const line = `mkdir -p /srv/machine; kubeadm-ha prepare --config ${config} --kubernetes-version v1.34.10 --init --node-name cp1 ${options}`;
  const { status, stderr } = await host.shell(line);
  expect(status, stderr).toBe(0);
}

async function add(address: string): Promise<void> {
  await mustRun(host.space, ["ip", "addr", "add", address, "dev", "eth0", ...(address.includes(":") ? ["nodad"] : [])]);
}

/** Of eth0, without those that the kernel makes itself. */
async function addresses(): Promise<readonly string[]> {
  const printed = await mustRun(host.space, ["ip", "-oneline", "addr", "show", "dev", "eth0", "scope", "global"]);
  return [...printed.matchAll(/ inet6? (\S+)/g)].map(([, address = ""]) => address).toSorted();
}
