import { describe, expect, it } from "vitest";

import type { ClusterSpec } from "../../src/config/spec.ts";
import { address, cluster, controlPlane } from "./cluster.ts";
import { fileText, nodeFiles, podOf } from "./files.ts";

const config = (spec: ClusterSpec = cluster()) => fileText(spec, "haproxy.cfg");
const section = (head: string, spec?: ClusterSpec) =>
  config(spec)
    .split("\n\n")
    .find((block) => block.startsWith(head)) ?? "";
const virtualIP = (...addresses: readonly string[]) =>
  ({ provider: "keepalived", addresses: addresses.map(address), networks: [] }) as const;

describe("haproxy.cfg", () => {
  it("cuts connections by /livez without etcd and chooses by /readyz", () => {
    expect(section("backend live")).toContain(
      "http-check send meth GET uri /livez?exclude=etcd ver HTTP/1.1 hdr Host kubernetes",
    );
    expect(section("backend ready")).toContain("http-check send meth GET uri /readyz ver HTTP/1.1 hdr Host kubernetes");
    expect(section("backend members")).toContain(
      "server cp2 192.168.10.12:6443 track live/cp2 on-marked-down shutdown-sessions",
    );
  });

  it("leads further ports to the same ports of the API servers' machines", () => {
    const spec = cluster({ extraPorts: [9345] });
    expect(section("frontend port-9345", spec)).toContain("bind 0.0.0.0:9345 transparent");
    expect(section("backend port-9345", spec)).toContain("server cp2 192.168.10.12:9345");
    expect(config().includes("port-")).toBe(false);
  });

  it("believes only a server with the cluster's certificate for the name kubernetes", () => {
    for (const head of ["backend live", "backend ready"]) {
      expect(section(head)).toContain(
        "check-ssl check-sni kubernetes verify required verifyhost kubernetes ca-file /etc/kubernetes/pki/ca.crt",
      );
    }
  });

  it("limits checks by the check's own time and clients by the proxy's", () => {
    const spec = cluster({
      haproxy: {
        ...cluster().haproxy,
        checkInterval: 2000,
        fastInterval: 500,
        checkTimeout: 2000,
        connectTimeout: 100,
        fall: 3,
        rise: 4,
      },
    });
    expect(section("defaults", spec)).toContain("timeout connect 100ms");
    expect(section("backend live", spec)).toMatch(/timeout connect 2s\n\s+timeout check 2s/);
    expect(section("backend ready", spec)).toContain("default-server inter 2s fastinter 500ms fall 1 rise 4");
    expect(section("backend live", spec)).toContain("default-server inter 2s fastinter 500ms fall 3 rise 4");
  });

  it("gives every ready server its turn with two lines a server", () => {
    const nine = cluster({
      nodes: Array.from({ length: 9 }, (_, rank) => controlPlane(`cp${rank + 1}`, rank, [`192.168.10.${rank + 11}`])),
    });
    expect(section("backend members", nine).match(/set-var/g)).toHaveLength(3 + 2 * 9);
    expect(section("backend members", nine).match(/use-server/g)).toHaveLength(1);
  });

  it.each([
    [["192.168.10.100"], "bind 0.0.0.0:8443 transparent"],
    [["fd00::10", "192.168.10.100"], "bind :::8443 v4v6 transparent"],
    [["fd00::10"], "bind :::8443 v6only transparent"],
  ])("listens for %j with `%s`", (addresses, bind) => {
    expect(section("frontend kube-apiserver", cluster({ virtualIP: virtualIP(...addresses) }))).toContain(bind);
  });

  it("writes IPv6 servers in brackets", () => {
    expect(config(cluster({ nodes: [controlPlane("cp1.example.com", 0, ["fd00::11", "192.168.10.11"])] }))).toContain(
      "server cp1.example.com [fd00::11]:6443 ",
    );
  });

  it("names every backend server, in the user's order, the same on all nodes", () => {
    const spec = cluster();
    const texts = spec.nodes.map(
      (node) => nodeFiles(spec, node).find(({ path }) => path.endsWith("haproxy.cfg"))?.variants.join?.text,
    );
    expect(new Set(texts).size).toBe(1);
    expect([...section("backend live").matchAll(/^ +server (\S+)/gm)].map(([, name]) => name)).toEqual([
      "cp1",
      "cp2",
      "cp3",
    ]);
  });

  it("retries elsewhere, keeps idle streams and ends old workers", () => {
    expect(section("defaults")).toMatch(/option redispatch 1\n\s+retries 3/);
    expect(section("defaults")).toContain("timeout tunnel 4h");
    expect(section("global")).toContain("hard-stop-after 15s");
    expect(section("global")).toContain("maxconn 8000");
  });

  it("says on the loopback whether it lives, whatever its members do", () => {
    expect(section("frontend health")).toContain("bind 127.0.0.1:8405");
    expect(section("frontend health")).toMatch(/return status 200 .* if \{ path \/livez \}$/m);
  });
});

describe("haproxy's pod", () => {
  it("starts as root with what binding and dropping rights need", () => {
    expect(podOf(cluster(), "haproxy").spec?.containers[0]?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { add: ["NET_RAW", "SETUID", "SETGID", "KILL"], drop: ["ALL"] },
      readOnlyRootFilesystem: true,
      runAsGroup: 0,
      runAsUser: 0,
    });
  });

  it("lives by /livez only", () => {
    const [container] = podOf(cluster(), "haproxy").spec?.containers ?? [];
    expect(container?.livenessProbe?.httpGet).toEqual({
      host: "127.0.0.1",
      path: "/livez",
      port: 8405,
      scheme: "HTTP",
    });
    expect(container?.readinessProbe?.httpGet?.path).toBe("/readyz");
  });

  it("gets more time to stop than haproxy takes", () => {
    expect(podOf(cluster(), "haproxy").spec?.terminationGracePeriodSeconds).toBe(30);
    expect(
      podOf(cluster({ haproxy: { ...cluster().haproxy, drainTimeout: 60_000 } }), "haproxy").spec
        ?.terminationGracePeriodSeconds,
    ).toBe(75);
  });
});
