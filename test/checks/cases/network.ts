import type { NodeFacts } from "../../../src/checks/facts.ts";
import type { ClusterSpec } from "../../../src/config/spec.ts";
import { address, cluster, externalCluster, kubeVipCluster } from "../../components/cluster.ts";
import { parsePrefix } from "../../../src/net/address.ts";
import { type Cases, worker } from "../case.ts";
import { listening, machine, on } from "../machine.ts";

function firmware(changes: Partial<NodeFacts["firmware"]>): Pick<NodeFacts, "firmware"> {
  return { firmware: { ...machine().firmware, ...changes } };
}

/** Who the machine is, and what is on its network. */
export const networkCases: Cases = {
  IsPrivilegedUser: [
    ["an ordinary user", { privileged: false }, ["error IsPrivilegedUser not root"]],
    ["root", {}, []],
  ],
  NodeAddress: [
    [
      "another server",
      {
        addresses: [
          { ...on("lo", "127.0.0.1/8"), global: false },
          on("eth0", "10.0.0.10/24"),
          on("eth0", "fd00::9/64"),
          on("eth1", "10.0.0.9/24"),
          on("eth1", "10.0.0.9/16"),
        ],
      },
      [
        "error NodeAddress 192.168.10.11, the address of cp1, is not on this machine, which has 10.0.0.10, 10.0.0.9, fd00::9; is",
      ],
    ],
    ["a machine without a network", { addresses: [] }, ["error NodeAddress which has none;"]],
    [
      "two families, both elsewhere",
      {},
      ["error NodeAddress neither 192.168.10.12 nor fd00::12, the addresses of cp1, is on"],
      { node: { addresses: [address("192.168.10.12"), address("fd00::12")] } },
    ],
    [
      "a longer address",
      { addresses: [on("eth0", "192.168.10.111/24")] },
      ["error NodeAddress which has 192.168.10.111;"],
    ],
    ["one family of two", {}, [], { node: { addresses: [address("10.9.9.9"), address("fd00::11")] } }],
    ["the end of a point-to-point link", { addresses: [on("eth0", "192.168.10.11/31")] }, []],
    ["the right machine", {}, []],
    ["a worker", {}, [], worker],
  ],
  CloudNetwork: [
    [
      "a machine of Amazon's",
      firmware({ sys_vendor: "Amazon EC2" }),
      ["error CloudNetwork this machine runs in Amazon EC2"],
    ],
    [
      "a machine of Azure's",
      firmware({ sys_vendor: "Microsoft Corporation", chassis_asset_tag: "7783-7084-3265-9085-8269-3286-77" }),
      ["error CloudNetwork this machine runs in Azure"],
    ],
    ["a Hyper-V of one's own", firmware({ sys_vendor: "Microsoft Corporation", product_name: "Virtual Machine" }), []],
    [
      "a machine of OpenStack's",
      firmware({ product_name: "OpenStack Nova" }),
      ["warning CloudNetwork this machine runs in OpenStack"],
      { spec: kubeVipCluster() },
    ],
    [
      "an external balancer",
      { ...firmware({ sys_vendor: "Google" }), endpoint: { resolves: undefined, requests: undefined } },
      [],
      { spec: externalCluster() },
    ],
    ["a worker", firmware({ sys_vendor: "Google" }), [], worker],
    ["a machine of one's own", firmware({ sys_vendor: "Dell Inc." }), []],
  ],
  Endpoint: [
    [
      "a name without an address, and nobody behind it",
      { endpoint: { resolves: false, requests: { made: 1, unanswered: 1 } } },
      [
        "error Endpoint api.example.com, the name of the external load balancer, has no address here",
        "error Endpoint nothing answers at https://api.example.com:6443 within 3 s, and kubeadm join goes through it",
      ],
      { spec: externalCluster(), role: "join" },
    ],
    [
      "nobody behind it yet",
      { endpoint: { resolves: true, requests: { made: 1, unanswered: 1 } } },
      [],
      { spec: externalCluster() },
    ],
    [
      "a member that is led back to itself in vain",
      { member: true, prepared: true, endpoint: { resolves: true, requests: { made: 6, unanswered: 2 } } },
      ["warning Endpoint 2 of 6 requests to https://api.example.com:6443 got no answer within 3 s"],
      { spec: externalCluster() },
    ],
    [
      "a member that no balancer knows",
      { member: true, endpoint: { resolves: true, requests: { made: 6, unanswered: 6 } } },
      ["warning Endpoint nothing answers at https://api.example.com:6443 within 3 s, though"],
      { spec: externalCluster(), role: "join" },
    ],
    [
      "a joining worker",
      { endpoint: { resolves: true, requests: { made: 1, unanswered: 1 } } },
      ["error Endpoint nothing answers"],
      { spec: externalCluster(), role: "join", ...worker },
    ],
    [
      "all is well",
      { endpoint: { resolves: true, requests: { made: 1, unanswered: 0 } } },
      [],
      { spec: externalCluster(), role: "join" },
    ],
    [
      "an address that needs no name",
      { endpoint: { resolves: undefined, requests: { made: 1, unanswered: 1 } } },
      ["error Endpoint nothing answers at https://192.168.10.100:6443"],
      { spec: externalCluster({ endpoint: { host: "192.168.10.100", port: 6443 } }), role: "join" },
    ],
    ["our own balancer", {}, [], { role: "join" }],
  ],
  Interface: [
    [
      "another name",
      {},
      ["error Interface-ens192 192.168.10.11 is on eth0: write interface: eth0"],
      { node: { interface: "ens192" } },
    ],
    [
      "an unknown name",
      { addresses: [] },
      ["error Interface-ens192 correct interface:"],
      { node: { interface: "ens192" } },
    ],
    ["no link", {}, ["error Interface-eth1 down or has no link"], { node: { interface: "eth1" } }],
    [
      "another network",
      {
        addresses: [
          on("eth0", "10.0.0.5/24"),
          on("eth0", "10.255.0.0/31"),
          on("eth0", "192.168.10.100/32"),
          on("eth0", "fd00::11/64"),
          on("eth1", "192.168.10.11/24"),
        ],
      },
      [
        "error Interface-eth0 no address in the network of the virtual IP, 192.168.10.100/24 (its IPv4 addresses: 10.0.0.5/24, 10.255.0.0/31):",
      ],
      { spec: inNetworks("192.168.10.100/24") },
    ],
    [
      "one family only",
      { addresses: [on("eth0", "192.168.10.11/24"), { ...on("eth0", "fe80::1/64"), global: false }] },
      ["error Interface-eth0 (its IPv6 addresses: none)"],
      { spec: inNetworks("192.168.10.100/24", "fd00::100/64") },
    ],
    ["both families", {}, [], { spec: inNetworks("192.168.10.100/24", "fd00::100/64") }],
    [
      "just outside",
      { addresses: [on("eth0", "192.168.10.112/28")] },
      ["error Interface-eth0 192.168.10.100/28"],
      { spec: inNetworks("192.168.10.100/28") },
    ],
    ["just inside", { addresses: [on("eth0", "192.168.10.111/28")] }, [], { spec: inNetworks("192.168.10.100/28") }],
    ["no interface named", { interfaces: [] }, [], { spec: kubeVipCluster(), node: { interface: undefined } }],
    ["a worker", { interfaces: [] }, [], worker],
  ],
  Port: [
    [
      "both ports of haproxy",
      { listeners: listening("0.0.0.0:8443", "127.0.0.1:8405") },
      ["error Port-8443 TCP port 8443 (address 0.0.0.0), which haproxy needs", "error Port-8405 (address 127.0.0.1)"],
    ],
    ["one of all our addresses", { listeners: listening("10.0.0.1:8443") }, ["error Port-8443 (address 10.0.0.1)"]],
    ["two programs", { listeners: listening("127.0.0.1:8443", "*:8443") }, ["error Port-8443 (address 127.0.0.1)"]],
    ["a socket of both families", { listeners: listening("*:8405") }, ["error Port-8405 (address *)"]],
    [
      "IPv4 in a socket of IPv6",
      { listeners: listening("::ffff:127.0.0.1:8405", "::ffff:10.0.0.1:8443") },
      ["error Port-8443 ::ffff:10.0.0.1", "error Port-8405 ::ffff:127.0.0.1"],
    ],
    [
      "the other family and other addresses",
      {
        listeners: listening(
          ":::8443",
          "::1:8443",
          ":::8405",
          "127.0.0.2:8405",
          "10.0.0.1:8405",
          "::ffff:10.0.0.1:8405",
        ),
      },
      [],
    ],
    ["other ports", { listeners: listening("*:18443", "*:443", "*:843") }, []],
    [
      "IPv4 beside an IPv6 VIP",
      { listeners: listening("0.0.0.0:8443", "::ffff:0.0.0.0:8443") },
      [],
      { spec: withVirtualIPs("fd00::100") },
    ],
    [
      "IPv6 and an IPv6 VIP",
      { listeners: listening("::1:8443") },
      ["error Port-8443 (address ::1)"],
      { spec: withVirtualIPs("fd00::100") },
    ],
    ["IPv4 and two families", { listeners: listening("10.0.0.1:8443") }, ["error Port-8443 "], { spec: onBoth() }],
    ["IPv6 and two families", { listeners: listening(":::8443") }, ["error Port-8443 "], { spec: onBoth() }],
    ["metrics", { listeners: listening("::1:2112") }, ["error Port-2112 kube-vip needs"], { spec: kubeVipCluster() }],
    [
      "metrics on loopback",
      { listeners: listening("10.0.0.1:2112", "::1:2112") },
      [],
      { spec: metrics("127.0.0.1:2112") },
    ],
    [
      "metrics by name",
      { listeners: listening("127.0.0.1:2112") },
      ["error Port-2112 "],
      { spec: metrics("localhost:2112") },
    ],
    [
      "metrics on IPv6 loopback",
      { listeners: listening("127.0.0.1:2112", ":::2112") },
      ["error Port-2112 (address ::)"],
      { spec: metrics("[::1]:2112") },
    ],
    ["no metrics", { listeners: listening("*:2112") }, [], { spec: metrics("") }],
    ["the API server's port", { listeners: listening("*:6443") }, [], { spec: kubeVipCluster() }],
    ["our own haproxy", { member: true, prepared: true, listeners: listening("0.0.0.0:8443") }, []],
    ["prepared only", { prepared: true, listeners: listening("0.0.0.0:8443") }, ["error Port-8443 "]],
    ["member only", { member: true, listeners: listening("0.0.0.0:8443") }, ["error Port-8443 "]],
    ["nobody", {}, []],
    ["a worker", { listeners: listening("0.0.0.0:8443") }, [], worker],
  ],
  VirtualIPPresent: [
    [
      "somebody else's, twice",
      {
        addresses: [on("eth0", "192.168.10.100/24"), on("eth1", "192.168.10.100/32"), on("eth1", "fd00::100/128")],
      },
      [
        "error VirtualIPPresent ip addr del 192.168.10.100/24 dev eth0",
        "error VirtualIPPresent ip addr del 192.168.10.100/32 dev eth1",
        "error VirtualIPPresent ip addr del fd00::100/128 dev eth1",
      ],
      { spec: onBoth() },
    ],
    [
      "of a point-to-point link",
      { addresses: [on("eth0", "192.168.10.100/31")] },
      ["error VirtualIPPresent del 192.168.10.100/31 dev eth0"],
    ],
    ["a worker", { addresses: [on("eth0", "192.168.10.100/24")] }, ["error VirtualIPPresent "], worker],
    ["a live node of ours", { prepared: true, addresses: [on("eth0", "192.168.10.100/32")] }, []],
    ["others", { addresses: [...machine().addresses, on("eth0", "192.168.10.10/24")] }, []],
  ],
};

function onBoth(): ClusterSpec {
  return withVirtualIPs("192.168.10.100", "fd00::100");
}

function withVirtualIPs(...texts: readonly string[]): ClusterSpec {
  return cluster({ virtualIP: { provider: "keepalived", addresses: texts.map(address), networks: [] } });
}

function inNetworks(...texts: readonly string[]): ClusterSpec {
  const networks = texts.map(parsePrefix).filter((network) => network !== undefined);
  const addresses = networks.map((network) => network.address);
  return cluster({ virtualIP: { provider: "keepalived", addresses, networks } });
}

function metrics(metricsAddress: string): ClusterSpec {
  const spec = kubeVipCluster();
  return { ...spec, kubeVip: { ...spec.kubeVip, metricsAddress } };
}
