import { describe, expect, test } from "vitest";

import { changed } from "../support/configurations.ts";
import { runOn } from "../support/io.ts";
import { expectRefused } from "../support/refused.ts";

const external = (balancer: string): string =>
  changed(
    "virtualIP:\n  provider: keepalived\n  addresses: [192.168.10.100]\n  interface: eth0\n",
    "controlPlaneEndpoint: api.example.com:6443\n",
  ).replace("provider: haproxy", balancer);

const pair = `- {name: lb1, addresses: [192.168.10.31], role: load-balancer}
- {name: lb2, addresses: [192.168.10.32], role: load-balancer}
`;

const rows: readonly (readonly [name: string, file: string, line: string, fix: string])[] = [
  [
    "lvs beside the API servers",
    changed("provider: haproxy", "provider: lvs"),
    "ha.yaml:9:13 loadBalancer.provider: error: lvs beside the API servers sends packets in circles, and its NAT loses the answers [lvs-topology]",
    "use haproxy here; lvs is for load-balancer nodes of its own, in direct routing",
  ],
  [
    "lvs on machines of its own",
    `${changed("provider: haproxy", "provider: lvs")}${pair}`,
    "ha.yaml:9:13 loadBalancer.provider: error: provider lvs is not built yet [not-built]",
    "use haproxy, nginx, external or none",
  ],
  [
    "a redirect of the balancer's own port",
    changed("provider: haproxy", "provider: haproxy\n  port: 8443\n  redirectFrom: 8443"),
    "ha.yaml:11:17 loadBalancer.redirectFrom: error: 8443 is the load balancer's own port [redirect]",
    "remove the key: clients reach this port as it is",
  ],
  [
    "a redirect to no balancer",
    changed("provider: haproxy", "redirectFrom: 8443"),
    "ha.yaml:9:17 loadBalancer.redirectFrom: error: has no load balancer on the nodes to lead to [redirect]",
    "remove the key, or use loadBalancer.provider haproxy",
  ],
  [
    "a redirect on machines where the port is free",
    `${changed("provider: haproxy", "provider: haproxy\n  port: 8443\n  redirectFrom: 6443")}${pair}`,
    "ha.yaml:11:17 loadBalancer.redirectFrom: error: is for load balancers beside API servers, and these have machines of their own [redirect]",
    "remove the key and write loadBalancer.port: 6443",
  ],
  [
    "an external balancer behind a virtual IP of ours",
    changed("provider: haproxy", "provider: external\n  port: 6443"),
    "ha.yaml:5:13 virtualIP.provider: error: keepalived would hold an address on the nodes, past the external load balancer [virtual-ip-missing]",
    "leave virtualIP out, or choose another loadBalancer.provider",
  ],
  [
    "an external balancer without a port",
    external("provider: external").replace("api.example.com:6443", "api.example.com"),
    "ha.yaml:6:3 loadBalancer.port: error: is missing, and controlPlaneEndpoint has no port: where an external balancer listens is not ours to choose [missing-key]",
    "write the balancer's port, here or behind controlPlaneEndpoint, such as 6443",
  ],
  [
    "an external balancer that nobody can reach",
    external("provider: external\n  port: 6443").replace("controlPlaneEndpoint: api.example.com:6443\n", ""),
    "ha.yaml:1:1 controlPlaneEndpoint: error: is missing, and there is no virtual IP that could stand for it [endpoint-served]",
    "write the name under which clients reach the API servers, such as api.example.com:6443",
  ],
];

describe("balancers that cannot work are refused", () => {
  test.each(rows)("%s", async (_, file, line, fix) => {
    await expectRefused(file, { line, fix });
  });
});

test("direct routing changes no port", async () => {
  const { code, err } = await runOn(changed("provider: haproxy", "provider: lvs\n  port: 8443"), "render");
  expect(code).toBe(2);
  expect(err).toContain(
    "ha.yaml:10:9 loadBalancer.port: error: 8443 is another port than the API servers', and direct routing changes none [lvs-topology]\n",
  );
});
