import { describe, expect, it } from "vitest";

import type { ClusterSpec } from "../../src/config/spec.ts";
import { address, cluster, controlPlane } from "./cluster.ts";
import { fileText, podOf } from "./files.ts";

const withNginx = (changes: Partial<ClusterSpec> = {}): ClusterSpec =>
  cluster({ loadBalancer: { provider: "nginx", port: 8443, healthPort: 8405 }, ...changes });
const config = (changes?: Partial<ClusterSpec>): string => fileText(withNginx(changes), "nginx.conf");
const virtualIP = (...addresses: readonly string[]) =>
  ({ provider: "keepalived", addresses: addresses.map(address), networks: [] }) as const;

describe("nginx.conf", () => {
  it("names every API server with its limits, for all workers together", () => {
    const text = config({ nginx: { connectTimeout: 100, maxFails: 2, failTimeout: 3000, idleTimeout: 60_000 } });
    for (const last of [11, 12, 13])
      expect(text).toContain(`server 192.168.10.${last}:6443 max_fails=2 fail_timeout=3s;`);
    expect(text).toContain("zone kube_apiservers 64k;");
    expect(text).toContain("proxy_connect_timeout 100ms;");
    expect(text).toContain("proxy_timeout 1m;");
  });

  it("leads further ports to the same ports of the API servers' machines", () => {
    const text = config({ extraPorts: [9345] });
    expect(text).toMatch(/upstream port_9345 \{[^}]*server 192.168.10.12:9345 /);
    expect(text).toMatch(/listen 9345 so[^}]*proxy_pass port_9345;/);
  });

  it.each([
    [["192.168.10.100"], ["listen 8443 so"]],
    [
      ["fd00::10", "192.168.10.100"],
      ["listen 8443 so", "listen [::]:8443 ipv6only=on so"],
    ],
    [["fd00::10"], ["listen [::]:8443 ipv6only=on so"]],
  ])("listens for %j", (addresses, listens) => {
    const text = config({ virtualIP: virtualIP(...addresses) });
    expect(text.match(/listen .* so/g)).toEqual(listens);
  });

  it("writes IPv6 servers in brackets", () => {
    expect(config({ nodes: [controlPlane("cp1", 0, ["fd00::11"])] })).toContain("server [fd00::11]:6443 ");
  });

  it("says on the loopback alone whether it lives and whether an API server is ready", () => {
    const [, health = ""] = config().split("http {");
    expect(health.match(/listen .*/g)).toEqual(["listen 127.0.0.1:8405;"]);
    expect(health).toMatch(/location = \/livez \{\n\s+return 200/);
    for (const last of [11, 12, 13]) expect(health).toContain(`server 192.168.10.${last}:6443 max_fails=0;`);
  });

  it("loads no module: the image has it built in", () => {
    expect(config()).not.toContain("load_module");
  });
});

it("nginx's pod has no rights at all and memory to write to", () => {
  const pod = podOf(withNginx(), "nginx").spec;
  expect(pod?.containers[0]?.securityContext).toMatchObject({ capabilities: { drop: ["ALL"] }, runAsUser: 101 });
  expect(pod?.containers[0]?.securityContext?.capabilities?.add).toBeUndefined();
  expect(pod?.volumes?.find(({ name }) => name === "tmp")?.emptyDir).toEqual({ medium: "Memory" });
});

it("keepalived's check asks nginx", () => {
  expect(fileText(withNginx(), "check-load-balancer.sh")).toContain("Does nginx on this node answer?");
});
