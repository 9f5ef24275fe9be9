import { describe, expect, test } from "vitest";

import { changed, ordinary } from "../support/configurations.ts";
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
    `${changed("provider: haproxy", "provider: lvs").replace("192.168.10.100", "fd00:10::100")}${pair}`,
    "ha.yaml:6:14 virtualIP.addresses: error: has an IPv6 address, which lvs does not serve here [lvs]",
    "use an IPv4 address alone, or haproxy",
  ],
  [
    "lvs with API servers on another port",
    `${changed("provider: haproxy", "provider: lvs")}${pair}---
apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint: {bindPort: 9443}
`,
    "ha.yaml:9:3 loadBalancer.port: error: 6443 is another port than the API servers' 9443, and direct routing changes none [lvs]",
    "leave both at 6443, or use haproxy",
  ],
  [
    "four load balancers",
    `${ordinary}${pair}${pair.replaceAll("lb", "lbx").replaceAll("10.3", "10.4")}`,
    "ha.yaml:14:49 nodes[3].role: error: 4 load-balancer nodes [load-balancer-nodes]",
    "use two or three",
  ],
  [
    "active checks for nginx",
    `${changed("provider: haproxy", "provider: nginx")}haproxy: {checkInterval: 1s}\n`,
    "ha.yaml:14:26 haproxy.checkInterval: error: has no effect: loadBalancer.provider is nginx, which has no active checks [balancer-keys]",
    "remove the key, or use loadBalancer.provider haproxy",
  ],
  [
    "active checks among nginx's own settings",
    `${changed("provider: haproxy", "provider: nginx")}nginx: {checkInterval: 1s}\n`,
    'ha.yaml:14:9 nginx.checkInterval: error: "checkInterval" is no key of nginx [unknown-key]',
    "nginx has the keys connectTimeout, maxFails, failTimeout, idleTimeout",
  ],
  [
    "a keepalived of the host that knows no signed adverts",
    `${ordinary}deployAs: systemd\nkeepalived: {hmacKeyFile: /etc/vrrp.key}\n`,
    "ha.yaml:1:1 host.keepalived: error: keepalived 2.2.7 does not know auth_hmac [host-versions]",
    "install keepalived 2.4.0 or later",
  ],
  [
    "a key that keepalived's pod does not see",
    `${ordinary}keepalived: {hmacKeyFile: /etc/vrrp.key}\n`,
    "ha.yaml:14:27 keepalived.hmacKeyFile: error: /etc/vrrp.key is not in the pod, which sees /etc/kubeadm-ha/keepalived/ only [keepalived-key]",
    "put the file there, such as /etc/kubeadm-ha/keepalived/vrrp.key",
  ],
  [
    "an image of keepalived that knows no signed adverts",
    `${ordinary}keepalived: {hmacKeyFile: /etc/kubeadm-ha/keepalived/vrrp.key}\nimages: {keepalived: "example.com/keepalived:2.3.4"}\n`,
    "ha.yaml:14:27 keepalived.hmacKeyFile: error: keepalived 2.3.4 of images.keepalived does not know auth_hmac [keepalived-key]",
    "use an image of keepalived 2.4.0 or later, or remove the key",
  ],
  [
    "an address as a name in /etc/hosts",
    `${ordinary}hosts: true\n`,
    "ha.yaml:14:8 hosts: error: has no name to write: the endpoint is 192.168.10.100 [hosts-entry]",
    "remove the key, or write a name as controlPlaneEndpoint, such as api.example.com",
  ],
  [
    "further ports beside API servers",
    `${ordinary}extraPorts: [9345]\n`,
    "ha.yaml:14:13 extraPorts: error: 9345 cannot be served: there are no load-balancer nodes, and on a control-plane node the port is its own [extra-ports]",
    "remove the key, or give haproxy or nginx machines of their own (role: load-balancer)",
  ],
  [
    "a further port that is the balancer's",
    `${ordinary}${pair}extraPorts: [9345, 6443]\n`,
    "ha.yaml:16:20 extraPorts[1]: error: 6443 is the load balancer's port [extra-ports]",
    "remove it",
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

test("one load balancer is a single point of failure, and said to be", async () => {
  const { code, err } = await runOn(`${ordinary}${pair.split("\n")[0]}\n`, "render");
  expect(code).toBe(0);
  expect(err).toContain(
    "nodes[3].role: warning: one load-balancer node: the API is gone with it [load-balancer-nodes]",
  );
});
