import { describe, expect, test } from "vitest";

import { podCommand } from "../../src/rehearse/lab/pod.ts";
import { haproxy, keepalived, pair, sceneOfTexts, servers } from "./scenes.ts";

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
    ["192.0.2.100:9443", "port 9443, and nothing listens there"],
    ["192.0.2.100:9443", "(the balancer on 8443, the API server on 6443)"],
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

describe("the election", () => {
  const two = (priority: number): string => `! the virtual router of something else
vrrp_instance OTHER {
    interface ens3
    virtual_router_id 9
    priority ${210 - priority}
    virtual_ipaddress {
        192.0.2.200
    }
}
include api.conf
`;
  const api = (priority: number): string =>
    keepalived("BACKUP", priority).replace("    priority", "    # priority 1\n    priority");
  const elections = (files: Readonly<Record<string, string>>) =>
    sceneOfTexts(files, "192.0.2.100:8443").scene.nodes.map(({ election }) => election);

  test("is the one of the API's virtual router, in whichever file and after whichever comment it stands", () => {
    const files = {
      ...pair,
      "cp1/keepalived.conf": two(110),
      "cp1/api.conf": api(110),
      "cp2/keepalived.conf": two(100),
      "cp2/api.conf": api(100),
    };
    expect(elections(files)).toEqual([
      { priority: 110, virtualRouterID: 7 },
      { priority: 100, virtualRouterID: 7 },
      undefined,
    ]);
  });

  test("has keepalived's own priority where none is written", () => {
    const files = { ...pair, "cp2/keepalived.conf": keepalived("BACKUP", 90).replace(/ +priority 90\n/, "") };
    expect(elections(files)[1]).toEqual({ priority: 100, virtualRouterID: 7 });
  });
});

describe("a balancer that listens on the virtual IP", () => {
  const bound = (port: number): string => haproxy(port, servers).replace("bind *", "bind 192.0.2.100");
  const files = Object.fromEntries(
    ["cp1", "cp2"].flatMap((name, index) => [
      [`${name}/etc/keepalived/keepalived.conf`, keepalived("BACKUP", 110 - index)],
      [`${name}/etc/haproxy/haproxy.cfg`, bound(8443)],
    ]),
  );
  const settings = (more: Readonly<Record<string, string>>) => {
    const { scene, notes } = sceneOfTexts({ ...files, ...more });
    return { set: scene.nodes[0]?.sysctls, notes: notes.filter((note) => note.startsWith("cp1")) };
  };

  test("gets the setting of the kernel that its files make", () => {
    const text = "# haproxy\nnet.ipv4.ip_forward=0\nnet/ipv4/ip_nonlocal_bind = 1\n";
    const { set, notes } = settings({ "cp1/etc/sysctl.d/50-haproxy.conf": text });
    expect(set).toEqual({ "net/ipv4/ip_forward": "0", "net/ipv4/ip_nonlocal_bind": "1" });
    expect(notes).toEqual([]);
  });

  test.each([
    ["the last file by name", { "cp1/usr/lib/sysctl.d/60-a.conf": "1", "cp1/etc/sysctl.d/50-b.conf": "0" }, "1"],
    [
      "that of /etc among two of one name",
      { "cp1/usr/lib/sysctl.d/60-a.conf": "1", "cp1/etc/sysctl.d/60-a.conf": "0" },
      "0",
    ],
    ["sysctl.conf after most", { "cp1/etc/sysctl.conf": "1", "cp1/etc/sysctl.d/98-b.conf": "0" }, "1"],
  ])("of several %s counts", (_, values, expected) => {
    const texts = Object.entries(values).map(([file, value]) => [file, `net.ipv4.ip_nonlocal_bind=${value}\n`]);
    expect(settings(Object.fromEntries(texts)).set).toMatchObject({ "net/ipv4/ip_nonlocal_bind": expected });
  });

  test("and no setting of the kernel is told", () => {
    expect(settings({}).notes).toEqual([
      "cp1: haproxy listens on the virtual IP 192.0.2.100 (cp1/etc/haproxy/haproxy.cfg:7), and no sysctl.d file sets net.ipv4.ip_nonlocal_bind: taken to be 0, the kernel's default, with which it starts only where the virtual IP is",
    ]);
  });

  test("but is transparent needs none", () => {
    const transparent = Object.fromEntries(
      Object.entries(files).map(([file, text]) => [file, text.replace(/(bind .*)/, "$1 transparent")]),
    );
    expect(settings(transparent).notes).toEqual([]);
  });
});

describe("static pods", () => {
  const container = (name: string, image: string): object => ({
    name,
    image,
    volumeMounts: [
      { name: "haproxy", mountPath: "/usr/local/etc/haproxy" },
      { name: "keepalived", mountPath: "/etc/keepalived/keepalived.conf", subPath: "keepalived.conf" },
    ],
  });
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "ha" },
    spec: {
      hostNetwork: true,
      initContainers: [{ name: "render", image: "example.com/render:1" }],
      containers: [
        container("monitor", "example.com/monitor:1"),
        container("haproxy", "haproxy:3.0"),
        container("keepalived", "osixia/keepalived:2.0.20"),
      ],
      volumes: [
        { name: "haproxy", configMap: { name: "texts" } },
        { name: "keepalived", configMap: { name: "texts" } },
      ],
    },
  };
  const tree = (priority: number): string => {
    const data = { "haproxy.cfg": haproxy(8443, servers), "keepalived.conf": keepalived("BACKUP", priority) };
    const map = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "texts" }, data };
    return [pod, map].map((object) => `---\n${JSON.stringify(object, null, 2)}\n`).join("");
  };
  const { scene, hasManifests, podNotes } = sceneOfTexts({
    "cp1/etc/kubernetes/manifests/ha.yaml": tree(110),
    "cp2/etc/kubernetes/manifests/ha.yaml": tree(100),
  });
  const [cp1] = scene.nodes;

  test("texts of a ConfigMap stand where the containers see them", () => {
    expect(hasManifests).toBe(true);
    expect(cp1?.programs.map(({ kind, config }) => [kind, config])).toEqual([
      ["haproxy", "/usr/local/etc/haproxy/haproxy.cfg"],
      ["keepalived", "/etc/keepalived/keepalived.conf"],
    ]);
    expect(cp1?.files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["/usr/local/etc/haproxy/haproxy.cfg", "/etc/keepalived/keepalived.conf"]),
    );
  });

  test("of several containers each program gets its own, and the others are told", () => {
    const commands = cp1?.programs.map(({ kind, manifest, config }) =>
      podCommand(manifest ?? "", (place) => [kind, place(config) ?? "?"]),
    );
    expect(commands?.map(({ name, argv }) => [name, ...argv.slice(-2)])).toEqual([
      ["ha/haproxy", "haproxy", "/usr/local/etc/haproxy/haproxy.cfg"],
      ["ha/keepalived", "keepalived", "/etc/keepalived/keepalived.conf"],
    ]);
    expect(podNotes[0]).toBe(
      "cp1: containers render, monitor of /etc/kubernetes/manifests/ha.yaml are not run: their programs are not here",
    );
  });
});
