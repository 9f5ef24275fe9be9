import { describe, expect, test } from "vitest";

import { sceneOfTexts } from "./scenes.ts";

const keepalived = (state: string, priority: number, more = ""): string => `vrrp_instance VI_1 {
    state ${state}
    interface ens3
    virtual_router_id 7
    priority ${priority}
    ${more}
    virtual_ipaddress {
        192.0.2.100/24
    }
}
`;

const haproxy = (port: number, servers: readonly string[]): string => `defaults
    mode tcp
    timeout connect 1s
    timeout client 1m
    timeout server 1m
frontend kube-apiserver
    bind *:${port}
    default_backend kube-apiserver
backend kube-apiserver
${servers.map((server) => `    server ${server} check\n`).join("")}`;

const servers = ["cp1 192.0.2.11:6443", "cp2 192.0.2.12:6443", "cp3 192.0.2.13:6443"];

const pair = {
  "cp1/keepalived.conf": keepalived("MASTER", 110),
  "cp1/haproxy.cfg": haproxy(8443, servers),
  "cp2/keepalived.conf": keepalived("BACKUP", 100),
  "cp2/haproxy.cfg": haproxy(8443, servers),
};

describe("machines", () => {
  test("loose files stand at the programs' own paths, and a third API server has a machine of its own", () => {
    const { scene } = sceneOfTexts(pair);
    expect(scene.nodes.map(({ name, addresses, files }) => [name, addresses, files.map(({ path }) => path)])).toEqual([
      ["cp1", ["192.0.2.11"], ["/etc/keepalived/keepalived.conf", "/etc/haproxy/haproxy.cfg"]],
      ["cp2", ["192.0.2.12"], ["/etc/keepalived/keepalived.conf", "/etc/haproxy/haproxy.cfg"]],
      ["cp3", ["192.0.2.13"], []],
    ]);
    expect(scene.nodes.map((node) => node.interface)).toEqual(["ens3", "ens3", "eth0"]);
  });

  test("a script stands where keepalived.conf looks for it", () => {
    const script = 'vrrp_script check {\n    script "/opt/ha/check.sh"\n}\n';
    const { scene } = sceneOfTexts({
      ...pair,
      "cp1/keepalived.conf": `${script}${keepalived("MASTER", 110)}`,
      "cp1/check.sh": "#!/bin/sh\nexit 0\n",
    });
    const other = sceneOfTexts({
      ...pair,
      "cp1/keepalived.conf": `${script.replace("/opt/ha", "/etc/ha")}${keepalived("MASTER", 110)}`,
      "cp1/check.sh": "#!/bin/sh\nexit 0\n",
    });
    expect(scene.nodes[0]?.files.at(-1)).toEqual({ path: "/opt/ha/check.sh", mode: 0o755, text: expect.any(String) });
    expect(other.scene.nodes[0]?.files.at(-1)?.path).toBe("/etc/ha/check.sh");
  });

  test("a balancer on the API server's own port is no API server's machine; its address must stand somewhere", () => {
    const balancer = haproxy(6443, servers);
    const beside = { ...pair, "cp1/haproxy.cfg": balancer, "cp2/haproxy.cfg": balancer };
    const named = Object.fromEntries(Object.entries(beside).map(([file, text]) => [file.replace("cp", "lb"), text]));
    expect(() => sceneOfTexts(named)).toThrow("no file tells the address of lb1, lb2");
    const { scene } = sceneOfTexts({
      ...named,
      "lb1/keepalived.conf": keepalived("MASTER", 110, "mcast_src_ip 192.0.2.21"),
      "lb2/keepalived.conf": keepalived("BACKUP", 100, "unicast_src_ip 192.0.2.22"),
    });
    expect(scene.nodes.map(({ name, withoutApiServer }) => [name, withoutApiServer === true])).toEqual([
      ["lb1", true],
      ["lb2", true],
      ["cp1", false],
      ["cp2", false],
      ["cp3", false],
    ]);
  });
});

describe("the endpoint", () => {
  const kubeadm = (endpoint: string): string =>
    `apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\ncontrolPlaneEndpoint: ${endpoint}\n`;

  test.each([
    [undefined, undefined, "192.0.2.100 8443"],
    ["192.0.2.100:9443", undefined, "192.0.2.100 9443"],
    ["api.example.com:8443", undefined, "192.0.2.100 8443"],
    ["192.0.2.100", undefined, "192.0.2.100 6443"],
    ["192.0.2.100:9443", "192.0.2.100:8443", "192.0.2.100 8443"],
  ])("kubeadm says %s, the user %s", (stated, asked, expected) => {
    const files = { ...pair, ...(stated === undefined ? {} : { "cp1/kubeadm.yaml": kubeadm(stated) }) };
    const { address, port } = sceneOfTexts(files, asked).scene.endpoint;
    expect(`${address} ${port}`).toBe(expected);
  });

  test.each([
    ["192.0.2.99:8443", "none of keepalived's virtual IPs (192.0.2.100)"],
    ["192.0.2.100:0", 'has the port "0"'],
  ])("%s is refused", (asked, message) => {
    expect(() => sceneOfTexts(pair, asked)).toThrow(message);
  });

  test("without a balancer is the API servers' own, if somebody says so", () => {
    const alone = {
      "cp1/keepalived.conf": keepalived("BACKUP", 110, "nopreempt\n    unicast_src_ip 192.0.2.11"),
      "cp2/keepalived.conf": keepalived("BACKUP", 100, "nopreempt\n    unicast_src_ip 192.0.2.12"),
    };
    expect(() => sceneOfTexts(alone)).toThrow("say so with --control-plane-endpoint");
    const { scene, preempts } = sceneOfTexts(alone, "192.0.2.100");
    expect(scene.endpoint).toEqual({ address: "192.0.2.100", port: 6443 });
    expect(preempts).toBe(false);
    expect(scene.nodes.every(({ withoutApiServer }) => withoutApiServer === undefined)).toBe(true);
  });
});

test("nopreempt counts only where every node begins as BACKUP", () => {
  const files = { ...pair, "cp1/keepalived.conf": keepalived("MASTER", 110, "nopreempt") };
  expect(sceneOfTexts({ ...files, "cp2/keepalived.conf": keepalived("BACKUP", 100, "nopreempt") }).preempts).toBe(true);
});

test("the configuration's name changes with any file of a daemon, and with nothing else", () => {
  const name = (files: Readonly<Record<string, string>>): string => sceneOfTexts(files).scene.configuration;
  expect(name(pair)).toMatch(/^[0-9a-f]{16}$/);
  expect(name({ ...pair, "notes.txt": "x" })).toBe(name(pair));
  expect(name({ ...pair, "cp2/keepalived.conf": keepalived("BACKUP", 99) })).not.toBe(name(pair));
});
