import { readdirSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { root } from "../support/built.ts";
import { sceneOf } from "./scenes.ts";

interface Expected {
  readonly addresses: Readonly<Record<string, readonly string[]>>;
  readonly interface: string;
  readonly endpoint: string;
  readonly apiServerPort: number;
  readonly programs: readonly string[];
  readonly preempts: boolean;
  readonly hasManifests: boolean;
}

const seeds: Readonly<Record<string, Expected>> = {
  s0: {
    addresses: { master1: ["192.168.31.203"], master2: ["192.168.31.34"], master3: ["192.168.31.46"] },
    interface: "enp0s3",
    endpoint: "192.168.31.230:16443",
    apiServerPort: 6443,
    programs: ["haproxy", "keepalived"],
    preempts: true,
    hasManifests: false,
  },
  s2: {
    addresses: { dev3: ["172.29.1.122"], dev6: ["172.29.1.41"], dev7: ["172.29.1.42"] },
    interface: "ens192",
    endpoint: "172.29.1.200:6443",
    apiServerPort: 9443,
    programs: ["haproxy", "keepalived"],
    preempts: true,
    hasManifests: false,
  },
  s3: {
    addresses: { kube31: ["10.86.13.31"], kube32: ["10.86.13.32"] },
    interface: "eth0",
    endpoint: "10.86.13.36:8443",
    apiServerPort: 6443,
    programs: ["haproxy", "keepalived"],
    preempts: true,
    hasManifests: false,
  },
  s4: {
    addresses: { "master-1": ["192.168.1.25"], "master-2": ["192.168.1.26"], "master-3": ["192.168.1.27"] },
    interface: "ens160",
    endpoint: "192.168.1.31:6443",
    apiServerPort: 6443,
    programs: ["nginx", "keepalived"],
    preempts: true,
    hasManifests: false,
  },
  doc: {
    addresses: { cp1: ["192.168.0.11"], cp2: ["192.168.0.12"], cp3: ["192.168.0.13"] },
    interface: "eth0",
    endpoint: "192.168.0.40:8443",
    apiServerPort: 6443,
    programs: ["haproxy", "keepalived"],
    preempts: true,
    hasManifests: true,
  },
};

describe("a scene of files that people follow", () => {
  test.each(Object.entries(seeds))("%s", (seed, expected) => {
    const { scene, preempts, hasManifests } = sceneOf(`test/fixtures/seeds/${seed}`);
    expect({
      addresses: Object.fromEntries(scene.nodes.map(({ name, addresses }) => [name, addresses])),
      interface: [...new Set(scene.nodes.map((node) => node.interface))].join(","),
      endpoint: `${scene.endpoint.address}:${scene.endpoint.port}`,
      apiServerPort: scene.apiServerPort,
      programs: scene.nodes[0]?.programs.map(({ kind }) => kind),
      preempts,
      hasManifests,
    }).toEqual(expected);
    expect(scene.virtualIPs).toEqual([scene.endpoint.address]);
    for (const { files, programs } of scene.nodes)
      for (const { config } of programs) expect(files.map(({ path }) => path)).toContain(config);
  });

  test("says that clients of s4 go past its balancer, unless another endpoint is asked for", () => {
    expect(sceneOf("test/fixtures/seeds/s4").notes.join()).toContain("past the balancer on 16443");
    const other = sceneOf("test/fixtures/seeds/s4", "192.168.1.31:16443");
    expect(other.scene.endpoint.port).toBe(16_443);
    expect(other.notes).toEqual([]);
    expect(other.scene.configuration).not.toBe(sceneOf("test/fixtures/seeds/s4").scene.configuration);
  });

  test("balancers on machines of their own have no API server, and API servers without files have machines", () => {
    const { scene, notes } = sceneOf("test/fixtures/seeds/kubeasz");
    expect(
      scene.nodes.map(({ name, programs, withoutApiServer }) => [name, programs.length, withoutApiServer]),
    ).toEqual([
      ["lb1", 2, true],
      ["lb2", 2, true],
      ["api-server-1", 0, undefined],
      ["api-server-2", 0, undefined],
      ["api-server-3", 0, undefined],
    ]);
    expect(notes.join()).toContain("only an API server runs there");
  });

  test("of several virtual routers the one of most members and first in the file is the API's", () => {
    expect(sceneOf("test/fixtures/seeds/openshift").scene.virtualIPs).toEqual(["192.168.111.5"]);
  });

  test("files in a directory for each program stand where the program looks for them", () => {
    const [node] = sceneOf("test/fixtures/seeds/dorycli").scene.nodes;
    expect(node?.files.map(({ path }) => path)).toEqual([
      "/etc/keepalived/check_apiserver.sh",
      "/etc/keepalived/docker-compose.yaml",
      "/etc/keepalived/keepalived.conf",
      "/etc/nginx/nginx-lb.conf",
    ]);
  });

  test.each([
    ["s1", /has kube-vip \(\S*master01\/\S+\) and no keepalived: .* kubeadm-ha predict/],
    ["kubespray", /has kube-vip \(\S*node1\/\S+\) and no keepalived/],
    ["kubespray-local", "no keepalived configuration"],
    ["s3-as-posted", "no virtual_ipaddress"],
    ["s2-as-posted", "no haproxy or nginx configuration"],
  ])("%s is refused: %s", (seed, reason) => {
    expect(() => sceneOf(`test/fixtures/seeds/${seed}`)).toThrow(reason);
  });
});

describe("a scene of the examples", () => {
  const examples = readdirSync(join(root, "manifests")).filter((name) => name !== "seeds");
  const withoutVirtualIP = ["external", "worker-proxy", "worker-proxy-nginx"];
  const asServices = new Set(["keepalived-haproxy-systemd", "load-balancer-pair"]);

  test.each(examples.filter((name) => !name.startsWith("kube-vip") && !withoutVirtualIP.includes(name)))(
    "%s",
    (name) => {
      const { scene, preempts, hasManifests, notes } = sceneOf(`manifests/${name}/v1.34`);
      expect({ preempts, notes }).toEqual({ preempts: false, notes: [] });
      expect(hasManifests).toBe(!asServices.has(name));
      expect(scene.nodes.length).toBe(["five-nodes", "load-balancer-pair"].includes(name) ? 5 : 3);
      expect(scene.virtualIPs).toContain(scene.endpoint.address);
      expect(scene.endpoint.port).toBe(["keepalived", "load-balancer-pair", "redirect"].includes(name) ? 6443 : 8443);
      const text = JSON.stringify(scene);
      for (const secret of ['ha.yaml"', "kubeadm.yaml", "join-command"]) expect(text).not.toContain(`/${secret}`);
    },
  );

  test("both families stand on the nodes of a dual-stack cluster", () => {
    expect(sceneOf("manifests/dual-stack/v1.34").scene.nodes.map(({ addresses }) => addresses)).toEqual(
      [11, 12, 13].map((last) => [`192.168.10.${last}`, `fd00:10::${last}`]),
    );
  });

  test("a node may have another interface", () => {
    const { nodes } = sceneOf("manifests/keepalived-haproxy/v1.34").scene;
    expect(nodes.map((node) => node.interface)).toEqual(["eth0", "ens192", "eth0"]);
  });

  test.each(examples.filter((name) => name.startsWith("kube-vip")))("%s is refused", (name) => {
    expect(() => sceneOf(`manifests/${name}/v1.34`)).toThrow("elects through a real Kubernetes API");
  });

  test.each(withoutVirtualIP)("%s is refused: nothing moves", (name) => {
    expect(() => sceneOf(`manifests/${name}/v1.34`)).toThrow(/(no|neither a) keepalived/);
  });

  test("several clusters are refused", () => {
    expect(() => sceneOf("manifests/keepalived-haproxy")).toThrow("several clusters");
  });
});
